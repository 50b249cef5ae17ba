import { validateBatchLimits, validateRunId } from '../../domain/batch.ts';
import type { KeyValue, Run } from '../../domain/entities.ts';
import { checkRunActive } from '../../domain/lifecycle.ts';
import { validateMetric } from '../../domain/metric.ts';
import { conflictingParams, validateParam, validateUniqueParamKeys } from '../../domain/param.ts';
import { validateRunTag } from '../../domain/tag.ts';
import { keyedValue, runId } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import type { RunState, Store } from '../../store/store.ts';
import { defineOperation } from '../operation.ts';
import { checkModels, logMetrics } from './log-metrics.ts';
import { type MetricInput, metricFields, pointOf } from './metric-input.ts';
import { setTags } from './set-tags.ts';

const request = message({
  run_id: runId,
  metrics: list(message(metricFields), 'Metrics, at most 1000'),
  params: list(keyedValue, 'Params, at most 100'),
  tags: list(keyedValue, 'Tags, at most 100'),
});

interface Batch {
  readonly metrics: readonly MetricInput[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** The order of checks is MLflow's (SqlAlchemyStore.log_batch): values, then counts, then doubled params. */
function validateBatch({ metrics, params, tags }: Batch): Batch {
  metrics.forEach((metric, at) => {
    validateMetric(pointOf(metric), `metrics[${at}]`);
  });
  const validParams = params.map(({ key, value }, at) => validateParam(key, value, `params[${at}]`));
  const validTags = tags.map(({ key, value }, at) => validateRunTag(key, value, `tags[${at}]`));
  validateBatchLimits({ metrics: metrics.length, params: params.length, tags: tags.length });
  validateUniqueParamKeys(validParams);
  return { metrics, params: validParams, tags: validTags };
}

/** Adds params and tags; one param that contradicts a logged one refuses the whole batch. */
function addToRun(run: Run, { params, tags }: Batch): Run {
  checkRunActive(run);
  const conflicts = params.flatMap(({ key, value }) => {
    const logged = run.params.get(key);
    return logged === undefined || logged === value ? [] : [{ key, oldValue: logged, newValue: value }];
  });
  if (conflicts.length > 0) throw conflictingParams(run.runId, conflicts);
  const fresh = params.filter(({ key }) => !run.params.has(key)).map(({ key, value }) => [key, value] as const);
  const withParams = fresh.length === 0 ? run : { ...run, params: new Map([...run.params, ...fresh]) };
  return setTags(withParams, tags);
}

export const logBatch = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/log-batch',
  since: '2.0',
  request,
  handle: async (input, { store }) => {
    validateRunId(input.run_id);
    const batch = validateBatch(input);
    if (batch.metrics.some((metric) => metric.model_id)) {
      // Before the document is written, so that a batch that names no model leaves nothing behind; the run comes first.
      checkRunActive(await store.getRunState(input.run_id));
      await checkModels(store, batch.metrics);
    }
    const run = await writeDocument(store, input.run_id, batch);
    await logMetrics(store, run, batch.metrics);
    return {};
  },
});

/** Params and tags in one write, before the metrics: a conflict must leave nothing behind. */
async function writeDocument(store: Store, id: string, batch: Batch): Promise<RunState> {
  if (batch.params.length > 0 || batch.tags.length > 0) return store.updateRun(id, (run) => addToRun(run, batch));
  const run = await store.getRunState(id);
  checkRunActive(run);
  return run;
}
