import { invalidParameter } from '../../domain/errors.ts';
import { MAX_HISTORY_RESULTS, MAX_HISTORY_RUNS } from '../../domain/limits.ts';
import { type PointColumns, sliceColumns } from '../../domain/point-columns.ts';
import { textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { metricItems, metricList } from '../../protocol/metric-json.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';
import { inTurns } from './in-turns.ts';

const request = message({
  run_id: list(textOrEmpty('Run id'), 'Runs, at most 100'),
  metric_key: text('Name of the metric'),
  max_results: int64('Points in all, at most 25000'),
});

export const getHistoryBulk = defineOperation({
  method: 'GET',
  path: '/mlflow/metrics/get-history-bulk',
  since: '2.0',
  audience: 'ajax',
  request,
  handle: async ({ run_id: runIds, metric_key: key, max_results: maxResults }, { store }) => {
    checkRunIds(runIds);
    if (key === undefined) throw invalidParameter('GetMetricHistoryBulk request must specify a metric_key.');
    const limit = Math.min(Number(maxResults ?? MAX_HISTORY_RESULTS), MAX_HISTORY_RESULTS);
    // MLflow cuts the list as Python does: below 0 so many points are missing at its end.
    const range = limit > 0 ? { limit } : {};
    const histories = await inTurns([...new Set(runIds)].sort(), async (runId) => {
      const { points } = await store.readMetricHistory(runId, key, range);
      return { runId, points };
    });
    const items = cutHistories(histories, limit).map(({ runId, points }) => metricItems(key, points, runId));
    return metricList(items);
  },
});

interface RunHistory {
  readonly runId: string;
  readonly points: PointColumns;
}

/** The first `limit` points of all histories together, or without the last `-limit`. */
function cutHistories(histories: readonly RunHistory[], limit: number): readonly RunHistory[] {
  const count = histories.reduce((sum, { points }) => sum + points.values.length, 0);
  let left = limit < 0 ? count + limit : limit;
  return histories.map(({ runId, points }) => {
    const cut = sliceColumns(points, 0, Math.max(0, left));
    left -= points.values.length;
    return { runId, points: cut };
  });
}

function checkRunIds(runIds: readonly string[]): void {
  if (runIds.length === 0) throw invalidParameter('GetMetricHistoryBulk request must specify at least one run_id.');
  if (runIds.length > MAX_HISTORY_RUNS) {
    throw invalidParameter(
      `GetMetricHistoryBulk request cannot specify more than ${MAX_HISTORY_RUNS} run_ids.` +
        ` Received ${runIds.length} run_ids.`,
    );
  }
}
