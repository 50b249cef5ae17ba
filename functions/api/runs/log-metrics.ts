import { invalidParameter } from '../../domain/errors.ts';
import type { RunState, Store } from '../../store/store.ts';
import { groupByModel, type MetricInput, pointOf } from './metric-input.ts';

/** Throws INVALID_PARAMETER_VALUE when a metric names a logged model that is not there. */
export async function checkModels(store: Store, metrics: readonly MetricInput[]): Promise<void> {
  const modelIds = [...new Set(metrics.flatMap(({ model_id: modelId }) => (modelId ? [modelId] : [])))];
  const models = await Promise.all(modelIds.map(store.findLoggedModel));
  const missing = modelIds.find((_, at) => models[at] === undefined);
  if (missing !== undefined) throw invalidParameter(`Logged model with ID '${missing}' not found.`);
}

/** Appends metrics to the run, and to the logged models that some of them name. */
export async function logMetrics(store: Store, run: RunState, metrics: readonly MetricInput[]): Promise<void> {
  await store.appendMetrics(run, metrics.map(pointOf));
  const ofModels = [...groupByModel(run.runId, metrics)];
  await Promise.all(ofModels.map(([modelId, ofModel]) => store.appendModelMetrics(modelId, ofModel)));
}
