import type {
  Dataset,
  LoggedModel,
  ModelMetric,
  ModelVersionView,
  RegisteredModel,
  Run,
  TextMap,
} from '../../functions/domain/entities.ts';
import type { MetricPoint } from '../../functions/domain/metric.ts';
import { pointsOf } from '../../functions/domain/point-columns.ts';
import type { NewModelVersion } from '../../functions/store/registry-store.ts';
import type { NewExperiment, RunState, Store } from '../../functions/store/store.ts';

/** An experiment to create, at time 10. */
export const newExperiment = (name: string, part: Partial<NewExperiment> = {}): NewExperiment => ({
  name,
  locationOf: (id) => `s3://root/${id}`,
  tags: new Map(),
  now: 10,
  ...part,
});

/** A running run of experiment 1, without id, name and times. */
export const BLANK_RUN: Run = {
  runId: '',
  experimentId: '1',
  runName: '',
  userId: '',
  status: 'RUNNING',
  startTime: 0,
  endTime: undefined,
  artifactUri: '',
  stage: 'active',
  stageGeneration: 0,
  deletedTime: undefined,
  params: new Map(),
  tags: new Map(),
  datasets: [],
  modelInputs: [],
  modelOutputs: [],
};

/** A running run without anything, under a new id. */
export const newRun = (store: Store, experimentId: string, part: Partial<Run> = {}): Run => {
  const runId = store.newRunId(experimentId);
  return {
    ...BLANK_RUN,
    runId,
    experimentId,
    runName: 'quiet-fox-1',
    userId: 'ann',
    startTime: 1_700_000_000_000,
    artifactUri: `s3://root/${experimentId}/${runId}/artifacts`,
    ...part,
  };
};

/** Creates such a run and gives it. */
export async function addRun(store: Store, experimentId = '0', part: Partial<Run> = {}): Promise<Run> {
  const run = newRun(store, experimentId, part);
  await store.createRun(run);
  return run;
}

/** A model that is pending, under a new id. */
export const newModel = (store: Store, experimentId: string, part: Partial<LoggedModel> = {}): LoggedModel => {
  const modelId = store.newModelId(experimentId);
  return {
    modelId,
    experimentId,
    name: 'classifier',
    artifactUri: `s3://root/${experimentId}/models/${modelId}/artifacts`,
    status: 'LOGGED_MODEL_PENDING',
    modelType: 'agent',
    sourceRunId: '',
    creationTime: 10,
    lastUpdateTime: 10,
    isDeleted: false,
    params: new Map(),
    tags: new Map(),
    ...part,
  };
};

/** Creates such a model and gives it. */
export async function addModel(
  store: Store,
  experimentId = '0',
  part: Partial<LoggedModel> = {},
): Promise<LoggedModel> {
  const model = newModel(store, experimentId, part);
  await store.createLoggedModel(model);
  return model;
}

/** Makes a registered model without anything, at time 10. */
export async function addRegisteredModel(
  store: Store,
  name: string,
  tags: TextMap = new Map(),
): Promise<RegisteredModel> {
  const model = await store.createRegisteredModel({ name, description: '', tags, now: 10 });
  if (!model) throw new Error(`The name ${name} is taken`);
  return model;
}

/** A version to create, at time 20. */
export const newVersion = (part: Partial<NewModelVersion> = {}): NewModelVersion => ({
  description: '',
  source: 's3://bucket/model',
  storageLocation: 's3://bucket/model',
  runId: '',
  loggedModelId: undefined,
  runLink: '',
  tags: new Map(),
  now: 20,
  ...part,
});

/** Creates such a version and gives its number. */
export async function addVersion(store: Store, name: string, part: Partial<NewModelVersion> = {}): Promise<number> {
  const view = await store.createModelVersion(name, newVersion(part));
  if (!view) throw new Error(`There is no model ${name}`);
  return view.version.versionNumber;
}

/** The numbers of the versions that a list has, rising. */
export const numbersOf = (views: readonly ModelVersionView[]): readonly number[] =>
  views.map(({ version }) => version.versionNumber).toSorted((a, b) => a - b);

export const dataset = (part: Partial<Dataset> = {}): Dataset => ({
  name: 'iris',
  digest: 'd1',
  sourceType: 'local',
  source: '{"uri": "iris.csv"}',
  schema: '{"columns": 4}',
  profile: undefined,
  ...part,
});

export const point = (part: Partial<MetricPoint> = {}): MetricPoint => ({
  key: 'loss',
  value: 1,
  timestamp: 1_700_000_000_000,
  step: 0,
  ...part,
});

export const modelMetric = (part: Partial<ModelMetric> = {}): ModelMetric => ({
  ...point(),
  runId: 'r',
  datasetName: undefined,
  datasetDigest: undefined,
  ...part,
});

/** The whole history of a metric. */
export const historyOf = async (store: Store, runId: string, key: string): Promise<readonly MetricPoint[]> =>
  pointsOf(key, (await store.readMetricHistory(runId, key)).points);

/** A run's state, as a writer of metrics has read it. */
export const stateOf = ({ runId, experimentId }: Run): RunState => ({ runId, experimentId, stage: 'active' });

/** The numbers from 0 to count - 1. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** A change that sets one tag. */
export const withTag =
  (key: string, value = key) =>
  <Tagged extends { readonly tags: ReadonlyMap<string, string> }>(current: Tagged): Tagged => ({
    ...current,
    tags: new Map([...current.tags, [key, value]]),
  });
