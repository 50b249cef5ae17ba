import type * as z from 'zod';
import { invalidParameter, type MlflowError } from '../domain/errors.ts';
import { invalidValue, missingValue, SEE_DOCS } from '../domain/messages.ts';
import { quickDecoderOf, UNSURE } from './quick-decode.ts';

/** The name Python gives a JSON value's type; MLflow's messages carry it. */
function pythonTypeOf(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  return Array.isArray(value) ? 'list' : 'dict';
}

/** `metrics[0].key`, as MLflow writes the place of a value. */
function jsonPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`))
    .join('');
}

/** Levels of a value that is shown to the client (protobuf: json_format, max_recursion_depth). */
const MAX_DEPTH = 100;

function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1));
}

function rejection(issue: z.core.$ZodIssue): MlflowError {
  const path = jsonPath(issue.path);
  const params: Readonly<Record<string, unknown>> = (issue.code === 'custom' && issue.params) || {};
  if (params.kind === 'missing') return invalidParameter(missingValue(path) + SEE_DOCS);
  if (params.kind === 'twice') {
    return invalidParameter(`Request specifies both '${params.name}' and '${params.alias}'; provide only one of them.`);
  }
  if (path === '') return invalidParameter('Invalid request body: it must be a JSON object.');
  const value = issue.input;
  if (isNestedDeeper(value, MAX_DEPTH)) {
    return invalidParameter(`Invalid value for parameter '${path}' supplied: it is nested too deeply.${SEE_DOCS}`);
  }
  return invalidParameter(invalidValue(path, value, ` Hint: Value was of type '${pythonTypeOf(value)}'.`) + SEE_DOCS);
}

/**
 * Decodes a request message. Throws INVALID_PARAMETER_VALUE in MLflow's words for the first field that is missing,
 * of a wrong type, or spelt twice (MLflow: _validate_param_against_schema).
 */
export function decodeMessage<T>(schema: z.ZodType<T>, raw: unknown): T {
  const quick = quickDecoderOf(schema)?.(raw) ?? UNSURE;
  if (quick !== UNSURE) return quick;
  // The input of the issue: the field may have come under another name, as run_uuid.
  const result = schema.safeParse(raw, { reportInput: true });
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw first ? rejection(first) : result.error;
}
