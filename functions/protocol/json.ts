import { isSafeNumber, parse as parseLossless, stringify as stringifyLossless } from 'lossless-json';
import { WrittenJson } from './written-json.ts';

/**
 * An integer of 16 digits or more: it may lie beyond 2^53, where JSON.parse would round it. What stands around it keeps
 * out fractions and most strings: four of ten run ids hold 16 digits in a row, and the exact parser is slow.
 */
const MAYBE_UNSAFE_INTEGER = /(?:^|[\s:,[-])\d{16,}(?:$|[\s,}\]])/;

/**
 * Parses JSON so that every integer is exact: integers beyond 2^53 come out as bigint.
 * Throws SyntaxError, also for the bare tokens NaN and Infinity.
 */
export function parseJson(text: string): unknown {
  if (!MAYBE_UNSAFE_INTEGER.test(text)) return JSON.parse(text);
  return parseLossless(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

const parseNumber = (digits: string): number | bigint =>
  /^-?\d+$/.test(digits) && !isSafeNumber(digits) ? BigInt(digits) : Number(digits);

/** Writes JSON with bigint as raw digits, and what is written already as it is. Doubles must have gone through `wireDouble`: JSON has no NaN. */
export function stringifyJson(value: unknown): string {
  if (value instanceof WrittenJson) return Buffer.concat(value.chunks).toString();
  try {
    return JSON.stringify(value);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return stringifyLossless(value) ?? 'null';
  }
}

/** A double as the clients read it: NaN and the infinities as strings (proto3 JSON). */
export function wireDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
