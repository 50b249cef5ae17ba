import type {
  Dataset,
  DatasetLink,
  Experiment,
  KeyValue,
  LoggedModelView,
  ModelMetric,
  Run,
  RunView,
  TextMap,
} from '../domain/entities.ts';
import type { LifecycleStage } from '../domain/lifecycle.ts';
import type { MetricPoint } from '../domain/metric.ts';
import { wireDouble } from './json.ts';

/** An empty repeated field is omitted (proto3 JSON); JSON.stringify drops undefined. */
const orOmit = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);

const wireEntries = (entries: TextMap): readonly KeyValue[] | undefined =>
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

/** `run_uuid` repeats `run_id`: the R client reads only the former. An end time of 0 is no end time (MLflow: RunInfo.to_proto). */
export function wireRunInfo(run: Run, stage: LifecycleStage) {
  return {
    run_uuid: run.runId,
    run_id: run.runId,
    run_name: run.runName,
    experiment_id: run.experimentId,
    user_id: run.userId,
    status: run.status,
    start_time: run.startTime,
    end_time: run.endTime || undefined,
    artifact_uri: run.artifactUri,
    lifecycle_stage: stage,
  };
}

export function wireMetric(point: MetricPoint) {
  return { key: point.key, value: wireDouble(point.value), timestamp: point.timestamp, step: point.step };
}

const wireRunData = (view: RunView) => ({
  metrics: orOmit(view.metrics.map(wireMetric)),
  params: wireEntries(view.run.params),
  tags: wireEntries(view.run.tags),
});

function wireDatasetInput(link: DatasetLink, dataset: Dataset | undefined) {
  return {
    tags: orOmit(link.tags),
    dataset: {
      name: link.name,
      digest: link.digest,
      source_type: dataset?.sourceType,
      source: dataset?.source,
      schema: dataset?.schema,
      profile: dataset?.profile,
    },
  };
}

/** The datasets that runs link to, by name and digest. */
export type DatasetLookup = (link: { readonly name: string; readonly digest: string }) => Dataset | undefined;

const wireDatasetInputs = (run: Run, datasets: DatasetLookup) =>
  orOmit(run.datasets.map((link) => wireDatasetInput(link, datasets(link))));

const wireOutputs = (run: Run) => ({
  model_outputs: orOmit(run.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step }))),
});

/** A run just made: it has no outputs yet, and MLflow leaves the field out. */
export const wireNewRun = (view: RunView) => ({
  info: wireRunInfo(view.run, view.stage),
  data: wireRunData(view),
  inputs: {},
});

/** A run as a search answers it: model inputs are left out (MLflow: _search_runs). */
export const wireFoundRun = (view: RunView, datasets: DatasetLookup) => ({
  info: wireRunInfo(view.run, view.stage),
  data: wireRunData(view),
  inputs: { dataset_inputs: wireDatasetInputs(view.run, datasets) },
  outputs: wireOutputs(view.run),
});

export const wireRun = (view: RunView, datasets: DatasetLookup) => ({
  info: wireRunInfo(view.run, view.stage),
  data: wireRunData(view),
  inputs: {
    dataset_inputs: wireDatasetInputs(view.run, datasets),
    model_inputs: orOmit(view.run.modelInputs.map((modelId) => ({ model_id: modelId }))),
  },
  outputs: wireOutputs(view.run),
});

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
