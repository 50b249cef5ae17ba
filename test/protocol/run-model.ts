import type { Dataset, DatasetLink, KeyValue, Run, RunView, TextMap } from '../../functions/domain/entities.ts';
import type { LifecycleStage } from '../../functions/domain/lifecycle.ts';
import { wireMetric } from '../../functions/protocol/entities.ts';
import type { DatasetLookup } from '../../functions/protocol/write-run.ts';

/* Runs on the wire as objects: the model that the written ones are held against. */

/** An empty repeated field is omitted (proto3 JSON); JSON.stringify drops undefined. */
const orOmit = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);

const wireEntries = (entries: TextMap): readonly KeyValue[] | undefined =>
  orOmit([...entries].map(([key, value]) => ({ key, value })));

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
