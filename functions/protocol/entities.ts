import type { Experiment, KeyValue, LoggedModelView, ModelMetric, TextMap } from '../domain/entities.ts';
import type { MetricPoint } from '../domain/metric.ts';
import { wireDouble } from './json.ts';

/** An empty repeated field is omitted (proto3 JSON); JSON.stringify drops undefined. */
export const orOmit = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);

/** Tags and params as the wire lists them. */
export const wireEntries = (entries: TextMap): readonly KeyValue[] | undefined =>
  orOmit([...entries].map(([key, value]) => ({ key, value })));

export function wireExperiment(experiment: Experiment) {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.stage,
    last_update_time: experiment.lastUpdateTime,
    creation_time: experiment.creationTime,
    tags: wireEntries(experiment.tags),
    workspace: 'default',
  };
}

export function wireMetric(point: MetricPoint) {
  return { key: point.key, value: wireDouble(point.value), timestamp: point.timestamp, step: point.step };
}

const wireModelMetric = (modelId: string) => (metric: ModelMetric) => ({
  ...wireMetric(metric),
  model_id: modelId,
  dataset_name: metric.datasetName,
  dataset_digest: metric.datasetDigest,
  run_id: metric.runId,
});

export const wireLoggedModel = ({ model, metrics }: LoggedModelView) => ({
  info: {
    model_id: model.modelId,
    experiment_id: model.experimentId,
    name: model.name,
    creation_timestamp_ms: model.creationTime,
    last_updated_timestamp_ms: model.lastUpdateTime,
    artifact_uri: model.artifactUri,
    status: model.status,
    model_type: model.modelType,
    source_run_id: model.sourceRunId,
    tags: wireEntries(model.tags),
  },
  data: {
    params: wireEntries(model.params),
    metrics: orOmit(metrics.map(wireModelMetric(model.modelId))),
  },
});
