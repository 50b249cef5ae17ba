import type { ArchivedRun } from './archived-run.ts';
import { COLUMN_KINDS, type ColumnName, REPLACES } from './column.ts';
import { inWritingOrder } from './encode-segment.ts';
import { materialise } from './materialise.ts';
import { type ColumnPart, mergeColumn } from './merge-column.ts';
import { type IsDropped, type MergeOrder, orderOfMerge } from './merge-order.ts';
import type { Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';

/** Runs that are whole in memory at a time. */
const RUNS_AT_ONCE = 1024;

interface Merge {
  /** A run id that is left must stand in one of the segments only. */
  readonly isDropped: IsDropped;
  /** Whether there is no other segment: then no row replaces one that is elsewhere. */
  readonly isComplete: boolean;
}

/**
 * Makes one segment of several, without the runs that `isDropped` names. Beside the new segment, compressed, only one
 * column at a time is in memory, then a thousand runs.
 */
export async function mergeSegments(
  segments: readonly Segment[],
  { isDropped, isComplete }: Merge,
): Promise<Uint8Array> {
  const order = await orderOfMerge(segments, isDropped);
  const writer = new SegmentWriter(order.rowCount);
  const rowsOf = newRows(segments, order);
  for (const name of namesOf(segments)) {
    if (isComplete && name.kind === REPLACES.kind && name.key === REPLACES.key) continue;
    const parts = await partsOf(name, segments, rowsOf);
    const data = mergeColumn(name.kind, parts, order.rowCount);
    if (data !== undefined) writer.addColumn(name, data);
  }
  for (let start = 0; start < order.rowCount; start += RUNS_AT_ONCE) {
    for (const run of await runsFrom(segments, order, start)) writer.addRun(run);
  }
  return writer.finish();
}

/** For each segment, for each of its rows, the row in the merged one, or -1. */
function newRows(segments: readonly Segment[], order: MergeOrder): readonly Int32Array[] {
  const rowsOf = segments.map(({ rowCount }) => new Int32Array(rowCount).fill(-1));
  for (let row = 0; row < order.rowCount; row += 1) {
    const rowOf = rowsOf[Number(order.segments[row])];
    if (rowOf !== undefined) rowOf[Number(order.rows[row])] = row;
  }
  return rowsOf;
}

const namesOf = (segments: readonly Segment[]): readonly ColumnName[] =>
  inWritingOrder(
    segments.flatMap((segment) => COLUMN_KINDS.flatMap((kind) => segment.keys(kind).map((key) => ({ kind, key })))),
  );

async function partsOf(
  name: ColumnName,
  segments: readonly Segment[],
  rowsOf: readonly Int32Array[],
): Promise<readonly ColumnPart[]> {
  const parts = segments.map(async (segment, at): Promise<readonly ColumnPart[]> => {
    const rowOf = rowsOf[at];
    if (rowOf === undefined || !segment.has(name)) return [];
    return [{ column: await segment.loadColumn(name), rowOf }];
  });
  return (await Promise.all(parts)).flat();
}

async function runsFrom(
  segments: readonly Segment[],
  order: MergeOrder,
  start: number,
): Promise<readonly ArchivedRun[]> {
  const sources = order.segments.subarray(start, start + RUNS_AT_ONCE);
  const rows = order.rows.subarray(start, start + RUNS_AT_ONCE);
  const queues = await Promise.all(
    segments.map(async (segment, index) => {
      const own = [...rows].filter((_, at) => sources[at] === index);
      return (await materialise(segment, own)).values();
    }),
  );
  return [...sources].flatMap((index) => {
    const next = queues[index]?.next();
    return next === undefined || next.done ? [] : [next.value];
  });
}
