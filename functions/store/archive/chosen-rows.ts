import type { Filter } from '../../search/filter.ts';
import { RUN_ID } from '../segments/column.ts';
import type { SegmentQuery } from '../segments/search-segment.ts';
import { findRows } from '../segments/search-segment.ts';
import type { Segment } from '../segments/segment.ts';
import type { AllRuns } from './archived-runs.ts';

/** Rows of a segment: how many, and which; `has` is undefined for all of them. */
export interface ChosenRows {
  readonly count: number;
  readonly has: ((row: number) => boolean) | undefined;
}

/** The rows of a segment that match and whose run stands nowhere else. */
export async function chosenRows(
  all: AllRuns,
  index: number,
  query: Pick<SegmentQuery, 'isVisible'> & { readonly filter: Filter<'runs'> },
): Promise<ChosenRows> {
  const segment = all.segments[index];
  if (segment === undefined) return { count: 0, has: undefined };
  const [matching, hidden] = await Promise.all([findRows(segment, query), hiddenRows(all, index, segment)]);
  if (matching === undefined && hidden.length === 0) return { count: segment.rowCount, has: undefined };
  const isChosen = new Uint8Array(segment.rowCount);
  if (matching === undefined) isChosen.fill(1);
  else for (const row of matching) isChosen[row] = 1;
  for (const row of hidden) isChosen[row] = 0;
  return { count: isChosen.reduce((sum, one) => sum + one, 0), has: (row) => isChosen[row] === 1 };
}

/** The rows whose runs are live, being removed, or stand in another segment as they are now. */
async function hiddenRows({ liveIds, owners }: AllRuns, index: number, segment: Segment): Promise<readonly number[]> {
  const moved = [...owners].filter(([, owner]) => owner !== index).map(([runId]) => runId);
  const runIds = [...liveIds, ...moved];
  const column = runIds.length > 0 ? await segment.column(RUN_ID) : undefined;
  if (column?.type !== 'text') return [];
  const { dictionary, codes, rows } = column;
  const hiddenCodes = new Set(runIds.map(dictionary.locate).filter(Number.isInteger));
  const hidden: number[] = [];
  if (hiddenCodes.size === 0) return hidden;
  for (let at = 0; at < codes.length; at += 1) {
    if (hiddenCodes.has(Number(codes[at]))) hidden.push(rows === undefined ? at : Number(rows[at]));
  }
  return hidden;
}
