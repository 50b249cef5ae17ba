import type { Manifest, SegmentEntry } from './manifest.ts';

/** Fewer segments cost a search little. */
const MANY = 8;
/** A segment is written again only together with half as many rows from smaller ones. */
const RATIO = 2;
/** A merge holds the new segment in memory, some 200 bytes a run. */
const MAX_ROWS = 1_000_000;

/**
 * Which segments are to become one, in the order of the manifest; none while there are few. Each row is written again only
 * into a segment half as large again, so seldom; and of segments that are left each is larger than two thirds of all from
 * it on, so they are few.
 */
export function segmentsToMerge({ segments, pending }: Manifest): readonly SegmentEntry[] {
  const growing = segments.filter(({ id, rowCount }) => id !== pending?.id && rowCount <= MAX_ROWS / RATIO);
  if (growing.length < MANY) return [];
  const chosen = new Set(largestMerge(growing.toSorted((a, b) => a.rowCount - b.rowCount)));
  return growing.filter((entry) => chosen.has(entry));
}

function largestMerge(ascending: readonly SegmentEntry[]): readonly SegmentEntry[] {
  let count = 0;
  let rowsBefore = 0;
  for (const [at, { rowCount }] of ascending.entries()) {
    if (rowCount <= RATIO * rowsBefore && rowCount + rowsBefore <= MAX_ROWS) count = at + 1;
    rowsBefore += rowCount;
  }
  return ascending.slice(0, count);
}
