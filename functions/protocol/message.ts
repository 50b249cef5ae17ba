import * as z from 'zod';
import { type QuickDecoder, quickDecoderOf, UNSURE, withQuickDecoder } from './quick-decode.ts';

const repeatedFields = new WeakSet<object>();
const requiredFields = new WeakSet<object>();

/** Makes a scalar a must: absent, null and "" raise a `kind: 'missing'` issue (MLflow: proto cannot tell "" from absent). */
export function required<T>(field: z.ZodType<T | undefined>): z.ZodType<T> {
  const must = field.transform((value, context): T => {
    if (value !== undefined && value !== '') return value;
    context.issues.push({ code: 'custom', input: value, params: { kind: 'missing' } });
    return z.NEVER;
  });
  requiredFields.add(must);
  const quick = quickDecoderOf(field);
  return withQuickDecoder(must, quick && ((raw) => present(quick(raw))));
}

const present = <T>(value: T | undefined): T | typeof UNSURE => (value === undefined || value === '' ? UNSURE : value);

/** A field that holds a message, or is absent. */
export const optional = <T>(field: z.ZodType<T>, description: string): z.ZodType<T | undefined> =>
  z.preprocess((raw) => raw ?? undefined, field.optional()).meta({ description });

/** A repeated field; absent and null are the empty list. In a query string the key may stand many times. */
export function list<T>(item: z.ZodType<T>, description: string): z.ZodType<readonly T[]> {
  const field = z.preprocess((raw) => raw ?? [], z.array(item)).meta({ description });
  repeatedFields.add(field);
  const quick = quickList(item);
  return withQuickDecoder(field, quick && ((raw) => quick(raw ?? [])));
}

function quickList<T>(item: z.ZodType<T>): QuickDecoder<readonly T[]> | undefined {
  const quick = quickDecoderOf(item);
  if (!quick) return undefined;
  return (raw) => {
    if (!Array.isArray(raw)) return UNSURE;
    const values: T[] = [];
    for (const each of raw) {
      const value = quick(each);
      if (value === UNSURE) return UNSURE;
      values.push(value);
    }
    return values;
  };
}

/** A repeated field that must be given, though it may be the empty list. */
export function requiredList<T>(item: z.ZodType<T>, description: string): z.ZodType<readonly T[]> {
  const field = z
    .unknown()
    .optional()
    .superRefine((raw, context) => {
      if (raw === undefined || raw === null) {
        context.addIssue({ code: 'custom', input: raw, params: { kind: 'missing' } });
      }
    })
    .pipe(z.array(item))
    .meta({ description });
  repeatedFields.add(field);
  requiredFields.add(field);
  return withQuickDecoder(field, quickList(item));
}

/** Whether a field was declared with `list` or `requiredList`. */
export const isRepeated = (field: object): boolean => repeatedFields.has(field);

/** Whether a field was declared with `required` or `requiredList`. */
export const isRequired = (field: object): boolean => requiredFields.has(field);

const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Other names of a field: `{ run_uuid: 'run_id' }` lets `run_uuid` stand in where `run_id` is not given. */
export type Synonyms = Readonly<Record<string, string>>;

/**
 * A message: unknown fields are dropped, and each field may be spelt snake_case or lowerCamelCase, as proto3 JSON allows.
 * Both spellings of one field together raise a `kind: 'twice'` issue.
 */
export function message<S extends z.ZodRawShape>(shape: S, synonyms: Synonyms = {}) {
  const aliases = Object.keys(shape)
    .map((name): Alias => ({ name, alias: camelCase(name) }))
    .filter(({ name, alias }) => name !== alias);
  const standIns = Object.entries(synonyms).map(([alias, name]): Alias => ({ name, alias }));
  const parser = z.preprocess((raw, context) => {
    if (!isObject(raw)) return raw;
    const named = aliases.some(({ alias }) => alias in raw) ? renameAliases(raw, aliases, context) : raw;
    return standIns.some(({ alias }) => alias in named) ? fillIn(named, standIns) : named;
  }, z.object(shape));
  withQuickDecoder(parser, quickMessage(shape, [...aliases, ...standIns]));
  const spare = Object.fromEntries(standIns.map(({ alias }) => [alias, z.unknown()]));
  return Object.assign(parser, { fields: { ...shape, ...spare } });
}

/** Of a message whose fields all come by their own names. */
function quickMessage(shape: z.ZodRawShape, others: readonly Alias[]): QuickDecoder<object> {
  const fields = Object.entries(shape).map(([name, field]) => ({ name, decode: quickDecoderOf(field) ?? unsure }));
  return (raw) => {
    if (!isObject(raw) || others.some(({ alias }) => alias in raw)) return UNSURE;
    const decoded: Record<string, unknown> = {};
    for (const { name, decode } of fields) {
      const value = decode(raw[name]);
      if (value === UNSURE) return UNSURE;
      if (value !== undefined || name in raw) decoded[name] = value;
    }
    return decoded;
  };
}

const unsure = () => UNSURE;

interface Alias {
  readonly name: string;
  readonly alias: string;
}

type RawMessage = Readonly<Record<string, unknown>>;

function renameAliases(raw: RawMessage, aliases: readonly Alias[], context: z.RefinementCtx): RawMessage {
  const renamed: Record<string, unknown> = { ...raw };
  for (const { name, alias } of aliases) {
    if (!Object.hasOwn(raw, alias)) continue;
    if (Object.hasOwn(raw, name)) {
      context.addIssue({ code: 'custom', input: raw, params: { kind: 'twice', name, alias } });
    }
    renamed[name] = raw[alias];
  }
  return renamed;
}

function fillIn(raw: RawMessage, standIns: readonly Alias[]): RawMessage {
  const missing = standIns.filter(({ name }) => raw[name] === undefined || raw[name] === null);
  return { ...raw, ...Object.fromEntries(missing.map(({ name, alias }) => [name, raw[alias]])) };
}

const isObject = (raw: unknown): raw is RawMessage => typeof raw === 'object' && raw !== null && !Array.isArray(raw);
