import { invalidParameter } from '../../domain/errors.ts';
import { MAX_HISTORY_RESULTS, MAX_HISTORY_RUNS } from '../../domain/limits.ts';
import { compareByTime } from '../../domain/metric.ts';
import { textOrEmpty } from '../../protocol/common.ts';
import { wireMetricOfRun } from '../../protocol/entities.ts';
import { list, message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';

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
    const histories = [...new Set(runIds)].sort().map(async (runId) => {
      const points = await store.readMetricHistory(runId, key);
      return points.toSorted(compareByTime).map(wireMetricOfRun(runId));
    });
    return { metrics: (await Promise.all(histories)).flat().slice(0, limit) };
  },
});

function checkRunIds(runIds: readonly string[]): void {
  if (runIds.length === 0) throw invalidParameter('GetMetricHistoryBulk request must specify at least one run_id.');
  if (runIds.length > MAX_HISTORY_RUNS) {
    throw invalidParameter(
      `GetMetricHistoryBulk request cannot specify more than ${MAX_HISTORY_RUNS} run_ids.` +
        ` Received ${runIds.length} run_ids.`,
    );
  }
}
