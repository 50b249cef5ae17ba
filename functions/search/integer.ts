import { type Int64, normalizeInt64 } from '../domain/int64.ts';

/** So many characters of an integer are within 2^53. */
const MAX_SAFE_LENGTH = 15;

/** Reads an integer, `-`? Digit+, exactly; beyond 64 bits too, for the sake of comparisons. */
export const integerOf = (text: string): Int64 =>
  // Adding 0 makes 0 of -0. BigInt takes five times as long, and an order by id reads one for each row.
  text.length <= MAX_SAFE_LENGTH ? Number(text) + 0 : normalizeInt64(BigInt(text));
