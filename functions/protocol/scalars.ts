import * as z from 'zod';
import { quickDecoderOf, UNSURE, withQuickDecoder } from './quick-decode.ts';

/**
 * The wire's scalars: proto3 JSON as MLflow's clients write it. Java and R send numbers as strings, Python sends NaN
 * as a string, null means absent. Each decoder gives `undefined` for absent and raises a `kind: 'type'` issue otherwise.
 */
const REJECTED = Symbol('rejected');
type Decoder<T> = (raw: unknown) => T | typeof REJECTED;

function scalar<T>(decode: Decoder<T>, docs: Readonly<Record<string, unknown>>) {
  const schema = z
    .unknown()
    .optional()
    .transform((raw, context): T | undefined => {
      if (raw === undefined || raw === null) return undefined;
      const value = decode(raw);
      if (value !== REJECTED) return value;
      context.issues.push({ code: 'custom', input: raw, params: { kind: 'type' } });
      return z.NEVER;
    })
    .meta(docs);
  return withQuickDecoder(schema, (raw) => {
    if (raw === undefined || raw === null) return undefined;
    const value = decode(raw);
    return value === REJECTED ? UNSURE : value;
  });
}

/** A field that stands for `fallback` when it is absent. */
export function withDefault<T>(field: z.ZodType<T | undefined>, fallback: T) {
  const quick = quickDecoderOf(field);
  const schema = field.transform((value) => value ?? fallback);
  return withQuickDecoder(schema, quick && ((raw) => quick(raw) ?? fallback));
}

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function integerWithin(min: bigint, max: bigint): Decoder<number | bigint> {
  return (raw) => {
    const value = toInteger(raw);
    if (value === undefined || value < min || value > max) return REJECTED;
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : BigInt(value);
  };
}

function toInteger(raw: unknown): number | bigint | undefined {
  if (typeof raw === 'bigint') return raw;
  if (typeof raw === 'number') return Number.isInteger(raw) ? raw : undefined;
  if (typeof raw !== 'string') return undefined;
  if (INTEGER.test(raw)) return BigInt(raw.replace(/^\+/, ''));
  // R writes epoch milliseconds as "1.7e+12".
  return DECIMAL.test(raw) ? toInteger(Number(raw)) : undefined;
}

/** As Python's float() reads a text: blanks around it, `inf` and `nan` in any case. */
const NAMED_DOUBLE = /^([+-]?)(?:inf(?:inity)?|nan)$/i;

function parseDouble(word: string): number | typeof REJECTED {
  const named = NAMED_DOUBLE.exec(word);
  if (named) return namedDouble(word, named[1] === '-');
  return DECIMAL.test(word) ? Number(word) : REJECTED;
}

function namedDouble(word: string, isNegative: boolean): number {
  if (/nan/i.test(word)) return Number.NaN;
  return isNegative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const decodeDouble: Decoder<number> = (raw) => {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : REJECTED;
  if (typeof raw === 'bigint' || typeof raw === 'boolean') return Number(raw);
  return typeof raw === 'string' ? parseDouble(raw.trim()) : REJECTED;
};

/** Half a surrogate pair, which JSON can escape, is no text: neither protobuf nor DynamoDB can hold it. */
const decodeText: Decoder<string> = (raw) => (typeof raw === 'string' && raw.isWellFormed() ? raw : REJECTED);

const decodeFlag: Decoder<boolean> = (raw) => {
  if (typeof raw === 'boolean') return raw;
  const word = typeof raw === 'string' ? raw.toLowerCase() : undefined;
  return word === 'true' ? true : word === 'false' ? false : REJECTED;
};

const INT32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const decodeInt64 = integerWithin(INT64.min, INT64.max);
const decodeInt32 = integerWithin(INT32.min, INT32.max);

/** A string, or absent. */
export const text = (description: string) => scalar(decodeText, { type: 'string', description });

/** A 64-bit integer in the normal form of Int64, or absent. Accepts 2, 2.0, "2" and "1.7e+12". */
export const int64 = (description: string) => scalar(decodeInt64, { type: 'integer', format: 'int64', description });

/** A 32-bit integer, or absent. */
export const int32 = (description: string) =>
  scalar((raw) => mapDecoded(decodeInt32(raw), Number), { type: 'integer', format: 'int32', description });

/** A double, or absent, as is "" (MLflow: _assert_required); NaN and the infinities come as strings, booleans as 1 and 0. */
export const double = (description: string) =>
  scalar((raw) => (raw === '' ? undefined : decodeDouble(raw)), { type: 'number', format: 'double', description });

/** A boolean, or absent; R sends "TRUE". */
export const flag = (description: string) => scalar(decodeFlag, { type: 'boolean', description });

/**
 * One of the names of an enum, or absent. `numbers` gives each name its proto number, which is accepted as well, also as
 * a string: in a query string all is text.
 */
export function choice<const N extends string>(numbers: Readonly<Record<N, number>>, description: string) {
  const names = Object.keys(numbers).filter((name): name is N => Object.hasOwn(numbers, name));
  const decode: Decoder<N> = (raw) =>
    names.find((name) => name === raw || numbers[name] === raw || String(numbers[name]) === raw) ?? REJECTED;
  return scalar(decode, { type: 'string', enum: names, description });
}

function mapDecoded<A, B>(value: A | typeof REJECTED, change: (value: A) => B): B | typeof REJECTED {
  return value === REJECTED ? REJECTED : change(value);
}
