import { type Int64, normalizeInt64 } from '../../../domain/int64.ts';

/** JSON's numbers are doubles: a 64-bit integer is kept as a number while that is exact, else as text. */
export const int64ToJson = (value: Int64): number | string => (typeof value === 'number' ? value : String(value));

export const int64FromJson = (value: number | string): Int64 =>
  typeof value === 'number' ? value : normalizeInt64(BigInt(value));
