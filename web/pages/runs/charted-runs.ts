import type { Run } from '../../api/runs.ts';
import { formatCount } from '../../ui/format/number.ts';
import type { RunRow } from './run-tree.ts';

/** As many lines as can be told apart. */
export const MOST_OF_TABLE = 50;
const MOST_CHOSEN = 100;

interface ChartedRuns {
  readonly runs: readonly Run[];
  /** Says which of them are drawn; undefined when all are. */
  readonly note: string | undefined;
}

/** The runs that charts draw: those that are chosen, in the order of the table; when none is, the first that were found. */
export function chartedRuns(found: readonly Run[], rows: readonly RunRow[], selected: readonly string[]): ChartedRuns {
  if (selected.length === 0) {
    const runs = found.slice(0, MOST_OF_TABLE);
    return {
      runs,
      note: runs.length < found.length ? `The first ${runs.length} of the table; choose others there.` : undefined,
    };
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
