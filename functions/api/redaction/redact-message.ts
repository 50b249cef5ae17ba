import type { Redact } from '../../domain/redaction/redact.ts';
import { placeOf } from '../guard/guard.ts';
import type { Operation } from '../operation.ts';
import { REDACTED_FIELDS } from './redacted-fields.ts';

/** Gives a decoded message as its texts may be kept: the very same when nothing was found. */
export type RedactMessage = (input: unknown) => unknown;

/** How the messages of an operation are redacted; undefined for an operation that keeps no texts of clients. */
export function redactMessageOf(operation: Operation, redact: Redact): RedactMessage | undefined {
  const place = placeOf(operation);
  const paths = Object.hasOwn(REDACTED_FIELDS, place) ? REDACTED_FIELDS[place] : undefined;
  if (paths === undefined) return undefined;
  const steps = paths.map((path) => path.replaceAll('[]', '.[]').split('.'));
  return (input) => steps.reduce<unknown>((message, path) => change(message, path, redact, 'value'), input);
}

type Fields = Readonly<Record<string, unknown>>;

/** Follows a path into a value; `key` is what the text at its end stands under. */
function change(value: unknown, [step, ...rest]: readonly string[], redact: Redact, key: string): unknown {
  if (step === undefined) return typeof value === 'string' ? redact(value, key) : value;
  if (step === '[]') return Array.isArray(value) ? changeItems(value, rest, redact) : value;
  if (!isFields(value)) return value;
  const before = value[step];
  const after = change(before, rest, redact, keyOf(value, step));
  return after === before ? value : { ...value, [step]: after };
}

function changeItems(items: readonly unknown[], path: readonly string[], redact: Redact): readonly unknown[] {
  const changed = items.map((item) => change(item, path, redact, 'value'));
  return changed.some((item, at) => item !== items[at]) ? changed : items;
}

const keyOf = ({ key }: Fields, step: string): string => (step === 'value' && typeof key === 'string' ? key : step);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
