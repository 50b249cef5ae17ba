import { type Int64, normalizeInt64 } from '../domain/int64.ts';

/** Reads an integer, `-`? Digit+, exactly; beyond 64 bits too, for the sake of comparisons. */
export const integerOf = (text: string): Int64 => normalizeInt64(BigInt(text));
