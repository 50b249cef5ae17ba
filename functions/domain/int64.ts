/**
 * A signed 64-bit integer. Always in normal form: a `number` when it is a safe integer, else a `bigint`;
 * so `===` compares two of them rightly, and so do `<` and `>`.
 */
export type Int64 = number | bigint;

export const INT64_MIN = -(2n ** 63n);
export const INT64_MAX = 2n ** 63n - 1n;

/** Brings a bigint into the normal form of Int64. */
export function normalizeInt64(value: bigint): Int64 {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}

/** Whether an integer lies within 64 bits. */
export function fitsInt64(value: number | bigint): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : value >= INT64_MIN && value <= INT64_MAX;
}

/** Orders two integers: negative, zero or positive, as Array.sort wants it. */
export function compareInt64(a: Int64, b: Int64): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
