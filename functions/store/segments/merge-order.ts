import { compareCodePoints } from '../../domain/code-points.ts';
import { compareInt64, type Int64 } from '../../domain/int64.ts';
import { type Column, valueOfRow } from './column.ts';
import type { Segment } from './segment.ts';

/** Whether a merge leaves out the run of this id that stands in the segment with this index. */
export type IsDropped = (segmentIndex: number, runId: string) => boolean;

/** Where the rows of a merged segment come from: row n is row `rows[n]` of segment `segments[n]`. */
export interface MergeOrder {
  readonly rowCount: number;
  readonly segments: Uint16Array;
  readonly rows: Uint32Array;
}

/** The next row of a segment that is merged. */
interface Head {
  readonly index: number;
  readonly row: number;
  readonly runId: string;
  readonly startTime: Int64;
}

/** Puts the rows of segments that are not dropped in the order of compareArchivedRuns. Throws for an id that is there twice. */
export async function orderOfMerge(segments: readonly Segment[], isDropped: IsDropped): Promise<MergeOrder> {
  const cursors = await Promise.all(segments.map((segment, index) => cursorOf(segment, index, isDropped)));
  const total = segments.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const sources = new Uint16Array(total);
  const rows = new Uint32Array(total);
  const ids = new Set<string>();
  const heads = cursors.map((next) => next());
  for (let head = first(heads); head !== undefined; head = first(heads)) {
    sources[ids.size] = head.index;
    rows[ids.size] = head.row;
    if (ids.has(head.runId)) throw new Error(`Run ${head.runId} is in two of the segments that are merged`);
    ids.add(head.runId);
    heads[head.index] = cursors[head.index]?.();
  }
  return { rowCount: ids.size, segments: sources.subarray(0, ids.size), rows: rows.subarray(0, ids.size) };
}

function first(heads: readonly (Head | undefined)[]): Head | undefined {
  let best: Head | undefined;
  for (const head of heads) {
    if (head !== undefined && (best === undefined || isBefore(head, best))) best = head;
  }
  return best;
}

const isBefore = (a: Head, b: Head): boolean =>
  (compareInt64(b.startTime, a.startTime) || compareCodePoints(a.runId, b.runId)) < 0;

async function cursorOf(segment: Segment, index: number, isDropped: IsDropped): Promise<() => Head | undefined> {
  if (segment.rowCount === 0) return () => undefined;
  const ids = await segment.loadColumn({ kind: 'attribute', key: 'run_id' });
  const times = await segment.loadColumn({ kind: 'attribute', key: 'start_time' });
  let row = 0;
  return () => {
    while (row < segment.rowCount) {
      const runId = String(valueOfRow(ids, row));
      row += 1;
      if (!isDropped(index, runId)) return { index, row: row - 1, runId, startTime: timeOf(times, row - 1) };
    }
    return undefined;
  };
}

function timeOf(times: Column, row: number): Int64 {
  const time = valueOfRow(times, row);
  return typeof time === 'string' || time === undefined ? 0 : time;
}
