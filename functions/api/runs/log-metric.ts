import { checkRunActive } from '../../domain/lifecycle.ts';
import { validateMetric } from '../../domain/metric.ts';
import { RUN_UUID, runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { checkModels, logMetrics } from './log-metrics.ts';
import { metricFields, pointOf } from './metric-input.ts';

export const logMetric = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/log-metric',
  since: '2.0',
  request: message({ run_id: runId, ...metricFields }, RUN_UUID),
  handle: async (input, { store }) => {
    validateMetric(pointOf(input));
    const run = await store.getRunState(input.run_id);
    checkRunActive(run);
    await checkModels(store, [input]);
    await logMetrics(store, run, [input]);
    return {};
  },
});
