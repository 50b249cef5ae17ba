import type { Run } from '../../api/runs.ts';
import { formatCount, formatNumber } from '../../ui/format/number.ts';
import type { RunRow } from './run-tree.ts';
import { DEFAULT_SORT } from './runs-state.ts';

/** As many lines as can be told apart. */
export const MOST_OF_TABLE = 50;
const MOST_CHOSEN = 100;

interface ChartedRuns {
  readonly runs: readonly Run[];
  /** Says which of them are drawn; undefined when all are. */
  readonly note: string | undefined;
}

/** What a table has of all runs that its search finds. */
export interface Extent {
  /** How many there are; undefined when that is not known yet. */
  readonly total: number | undefined;
  readonly hasMore: boolean;
  /** As the URL has it. */
  readonly sort: string;
}

/** Which part of the runs some of them are: `the 50 newest of 100,000 runs`; undefined when they are all. */
export function partOf(count: number, loaded: number, { total, hasMore, sort }: Extent): string | undefined {
  const all = Math.max(loaded, total ?? 0);
  if (count >= all && !hasMore) return undefined;
  const which = sort === DEFAULT_SORT ? 'newest' : 'first';
  return `the ${formatNumber(count)} ${which} of ${all > count ? formatCount(all, 'run') : 'more runs'}`;
}

/** The runs that charts draw: those that are chosen, in the order of the table; when none is, the first that were found. */
export function chartedRuns(
  found: readonly Run[],
  rows: readonly RunRow[],
  selected: readonly string[],
  extent: Extent,
): ChartedRuns {
  if (selected.length === 0) {
    const runs = found.slice(0, MOST_OF_TABLE);
    const part = partOf(runs.length, found.length, extent);
    return { runs, note: part && `Of ${part}; choose others in the table.` };
  }
  const wanted = new Set(selected);
  const byId = new Map([...runsOfRows(rows), ...found].map((run) => [run.runId, run]));
  const chosen = [...byId.values()].filter(({ runId }) => wanted.has(runId));
  const runs = chosen.slice(0, MOST_CHOSEN);
  const more = runs.length < chosen.length ? `the first ${runs.length} of ` : '';
  return { runs, note: `Of ${more}${formatCount(chosen.length, 'chosen run')}.` };
}

/** The runs of rows and of all that is folded below them. */
export const runsOfRows = (rows: readonly RunRow[]): readonly Run[] =>
  rows.flatMap((row) => [...(row.kind === 'run' ? [row.run] : []), ...runsOfRows(row.children ?? [])]);
