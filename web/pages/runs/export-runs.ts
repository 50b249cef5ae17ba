import type { RunSearch } from '../../api/runs.ts';
import { searchRuns } from '../../api/runs.ts';
import { csvLine } from '../../ui/format/csv.ts';
import { type ColumnId, formatColumnId, parseColumnId } from './column-id.ts';
import { nextPageSize } from './page-size.ts';
import { runValue } from './run-values.ts';
import { readStatistics } from './statistics/read-statistics.ts';
import { metricsOfStatistics, statisticsIn } from './statistics/statistics.ts';

/** Reads all runs of a search, page by page, as CSV with the columns that are shown; `onCount` hears how many came so far. */
export async function exportRuns(
  search: RunSearch,
  columns: readonly string[],
  onCount: (count: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const ids = ['id', ...columns.filter((column) => column !== 'id')]
    .map(parseColumnId)
    .filter((id) => id !== undefined);
  const lines = [csvLine(ids.map(formatColumnId))];
  let token: string | undefined;
  let before: Awaited<ReturnType<typeof searchRuns>> | undefined;
  do {
    before = await searchRuns(search, { size: nextPageSize(before), token }, signal);
    const statisticOf = statisticsIn(await readStatistics(before.runs, metricsOfStatistics(columns), signal));
    for (const run of before.runs) {
      const valueOfRun = (id: ColumnId) =>
        id.kind === 'statistic' ? statisticOf(run.runId, id) : cellOf(runValue(run, id), id);
      lines.push(csvLine(ids.map(valueOfRun)));
    }
    onCount(lines.length - 1);
    token = before.nextPageToken;
  } while (token !== undefined);
  return new Blob(lines, { type: 'text/csv;charset=utf-8' });
}

const TIMES = new Set(['created', 'ended']);

/** Times as ISO 8601; all else as it is. */
const cellOf = (value: string | number | undefined, id: ColumnId): string | number | undefined =>
  id.kind === 'attribute' && TIMES.has(id.name) && typeof value === 'number' ? new Date(value).toISOString() : value;
