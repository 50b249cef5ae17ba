import type { CompareRows } from './row-order.ts';
import { keepRows } from './select-rows.ts';

/**
 * Gives the first `limit` rows of an order, sorted. A sorted sample shows a row that is surely not before the last of
 * them, so most rows are compared once only. With a sample of √(limit × rows) about as many rows are left to sort.
 */
export function topRows(rows: Uint32Array, limit: number, compare: CompareRows): Uint32Array {
  const sampleSize = Math.ceil(Math.sqrt(limit * rows.length));
  if (limit === 0 || sampleSize * 2 > rows.length) return rows.slice().sort(compare).subarray(0, limit);
  const bound = Number(sampleOf(rows, sampleSize).sort(compare)[limit - 1]);
  const left = keepRows(rows, (row) => compare(row, bound) <= 0);
  return left.sort(compare).subarray(0, limit);
}

function sampleOf(rows: Uint32Array, size: number): Uint32Array {
  const sample = new Uint32Array(size);
  const step = rows.length / size;
  for (let at = 0; at < size; at += 1) sample[at] = Number(rows[Math.floor(at * step)]);
  return sample;
}
