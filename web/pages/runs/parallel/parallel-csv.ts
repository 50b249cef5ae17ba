import type { Run } from '../../../api/runs.ts';
import { csvLine } from '../../../ui/format/csv.ts';
import { valueAt } from '../figures/figure-csv.ts';
import type { ParallelAxis } from './parallel-axes.ts';

/** The runs that stand out, and where they stand on each axis, as the lines of a CSV file. */
export function parallelCsv(
  brushed: readonly Run[],
  runs: readonly Run[],
  axes: readonly ParallelAxis[],
): readonly string[] {
  const isBrushed = new Set(brushed);
  const lines = runs.flatMap((run, row) =>
    isBrushed.has(run)
      ? [csvLine([run.runId, run.runName, ...axes.map((axis) => valueAt(axis, axis.places[row] ?? Number.NaN))])]
      : [],
  );
  return [csvLine(['id', 'name', ...axes.map(({ id }) => id)]), ...lines];
}
