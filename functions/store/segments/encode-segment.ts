import { type ArchivedRun, compareArchivedRuns, type NewRow } from './archived-run.ts';
import { COLUMN_KINDS, type ColumnName } from './column.ts';
import { RunColumns } from './columns-of-runs.ts';
import { sortByCodePoints } from './dictionary.ts';
import { SegmentWriter } from './segment-writer.ts';

/** Makes a segment of runs with different ids, given in any order; its rows are in that of compareArchivedRuns. */
export function encodeSegment(runs: readonly NewRow[]): Uint8Array {
  refuseRepeatedIds(runs);
  const rows = runs.toSorted(compareArchivedRuns);
  const columns = new RunColumns();
  for (const [row, run] of rows.entries()) columns.add(row, run);
  const writer = new SegmentWriter(rows.length);
  for (const name of inWritingOrder(columns.names())) writer.addColumn(name, columns.build(name, rows.length));
  for (const run of rows) writer.addRun(run);
  return writer.finish();
}

function refuseRepeatedIds(runs: readonly ArchivedRun[]): void {
  const ids = new Set(runs.map(({ run }) => run.runId));
  if (ids.size < runs.length) throw new Error('A segment holds a run once');
}

/** The order in which SegmentWriter takes columns, each name once: by kind, then by key. */
export function inWritingOrder(names: Iterable<ColumnName>): readonly ColumnName[] {
  const all = [...names];
  return COLUMN_KINDS.flatMap((kind) => {
    const keys = new Set(all.filter((name) => name.kind === kind).map(({ key }) => key));
    return sortByCodePoints([...keys]).map((key) => ({ kind, key }));
  });
}
