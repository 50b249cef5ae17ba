import type { Run } from '../../api/runs.ts';
import { parseColumnId } from './column-id.ts';
import { runValue } from './run-values.ts';

/** Columns without those of metrics, params and tags that hold the same for all runs; all of them where no two can differ. */
export function differingColumns(columns: readonly string[], runs: readonly Run[]): readonly string[] {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return columns;
  return columns.filter((column) => {
    const id = parseColumnId(column);
    if (id === undefined || id.kind === 'attribute' || id.kind === 'statistic') return true;
    const value = runValue(first, id);
    return others.some((run) => !Object.is(runValue(run, id), value));
  });
}
