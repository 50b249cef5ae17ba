import { describe, expect, test } from 'vitest';
import type { Dataset, Experiment, LoggedModelView, Run, RunView } from '../../functions/domain/entities.ts';
import {
  wireExperiment,
  wireFoundRun,
  wireLoggedModel,
  wireMetric,
  wireNewRun,
  wireRun,
  wireRunInfo,
} from '../../functions/protocol/entities.ts';
import { stringifyJson } from '../../functions/protocol/json.ts';

/** What the client sees. */
const wire = (value: unknown): unknown => JSON.parse(stringifyJson(value));

const run: Run = {
  runId: 'r',
  experimentId: '1',
  runName: 'n',
  userId: '',
  status: 'RUNNING',
  startTime: 0,
  endTime: undefined,
  artifactUri: 'mlflow-artifacts:/1/r/artifacts',
  stage: 'active',
  stageGeneration: 0,
  deletedTime: undefined,
  params: new Map(),
  tags: new Map(),
  datasets: [],
  modelInputs: [],
  modelOutputs: [],
};
const viewOf = (fields: Partial<Run> = {}): RunView => ({ run: { ...run, ...fields }, stage: 'active', metrics: [] });
const noDataset = () => undefined;

const info = {
  run_uuid: 'r',
  run_id: 'r',
  run_name: 'n',
  experiment_id: '1',
  user_id: '',
  status: 'RUNNING',
  start_time: 0,
  artifact_uri: 'mlflow-artifacts:/1/r/artifacts',
  lifecycle_stage: 'active',
};

describe('runs', () => {
  test('set fields are there though they are 0 or "", empty lists are not', () => {
    expect(wire(wireNewRun(viewOf()))).toEqual({ info, data: {}, inputs: {} });
    expect(wire(wireRun(viewOf(), noDataset))).toEqual({ info, data: {}, inputs: {}, outputs: {} });
    expect(wire(wireFoundRun(viewOf(), noDataset))).toEqual({ info, data: {}, inputs: {}, outputs: {} });
  });

  test('the stage is that of the view, not that of the document', () => {
    expect(wire(wireRunInfo(run, 'deleted'))).toEqual({ ...info, lifecycle_stage: 'deleted' });
  });

  test.each([
    [undefined, undefined],
    [0, undefined],
    [5, 5],
  ])('an end time of %s is %s', (endTime, shown) => {
    expect(Object(wire(wireRunInfo({ ...run, endTime }, 'active'))).end_time).toBe(shown);
  });

  test('integers beyond 2^53 go out digit by digit', () => {
    const text = stringifyJson(wireRunInfo({ ...run, startTime: 9007199254740993n }, 'active'));
    expect(text).toContain('"start_time":9007199254740993,');
  });

  test('a linked dataset shows what is known of it', () => {
    const dataset: Dataset = {
      name: 'iris',
      digest: '1',
      sourceType: 'local',
      source: '{}',
      schema: undefined,
      profile: '',
    };
    const link = { name: 'iris', digest: '1', tags: [{ key: 'k', value: '' }] };
    const shown = (found: Dataset | undefined) =>
      wire(wireRun(viewOf({ datasets: [link] }), () => found).inputs.dataset_inputs);
    expect(shown(dataset)).toEqual([
      { tags: link.tags, dataset: { name: 'iris', digest: '1', source_type: 'local', source: '{}', profile: '' } },
    ]);
    expect(shown(undefined)).toEqual([{ tags: link.tags, dataset: { name: 'iris', digest: '1' } }]);
  });

  test('only a run fetched by its id shows its model inputs', () => {
    const view = viewOf({ modelInputs: ['m-1'], modelOutputs: [{ modelId: 'm-2', step: 3 }] });
    const outputs = { model_outputs: [{ model_id: 'm-2', step: 3 }] };
    expect(wire(wireRun(view, noDataset))).toMatchObject({ inputs: { model_inputs: [{ model_id: 'm-1' }] }, outputs });
    expect(wire(wireFoundRun(view, noDataset))).toMatchObject({ inputs: {}, outputs });
    expect(Object(wire(wireFoundRun(view, noDataset))).inputs).toEqual({});
  });
});

test.each([
  [Number.NaN, 'NaN'],
  [0, 0],
  [0.5, 0.5],
])('a metric of value %s says %j', (value, shown) => {
  const point = { key: 'm', value, timestamp: 0, step: -1 };
  const expected = { key: 'm', value: shown, timestamp: 0, step: -1 };
  expect(wire(wireMetric(point))).toEqual(expected);
});

test('an experiment names its workspace, and its tags if it has any', () => {
  const experiment: Experiment = {
    experimentId: '1',
    name: 'n',
    artifactLocation: 'mlflow-artifacts:/1',
    stage: 'active',
    stageGeneration: 3,
    creationTime: 1,
    lastUpdateTime: 2,
    tags: new Map(),
  };
  const expected = {
    experiment_id: '1',
    name: 'n',
    artifact_location: 'mlflow-artifacts:/1',
    lifecycle_stage: 'active',
    creation_time: 1,
    last_update_time: 2,
    workspace: 'default',
  };
  expect(wire(wireExperiment(experiment))).toEqual(expected);
  const tags = new Map([['__proto__', 'v']]);
  expect(wire(wireExperiment({ ...experiment, tags }))).toEqual({
    ...expected,
    tags: [{ key: '__proto__', value: 'v' }],
  });
});

test('a logged model shows its metrics with run and dataset', () => {
  const view: LoggedModelView = {
    model: {
      modelId: 'm-1',
      experimentId: '1',
      name: 'n',
      artifactUri: 'mlflow-artifacts:/1/models/m-1/artifacts',
      status: 'LOGGED_MODEL_PENDING',
      modelType: '',
      sourceRunId: '',
      creationTime: 1,
      lastUpdateTime: 2,
      isDeleted: false,
      params: new Map([['p', '']]),
      tags: new Map(),
    },
    metrics: [
      { key: 'm', value: 1, timestamp: 2, step: 3, runId: 'r', datasetName: undefined, datasetDigest: undefined },
    ],
  };
  expect(wire(wireLoggedModel(view))).toEqual({
    info: {
      model_id: 'm-1',
      experiment_id: '1',
      name: 'n',
      creation_timestamp_ms: 1,
      last_updated_timestamp_ms: 2,
      artifact_uri: 'mlflow-artifacts:/1/models/m-1/artifacts',
      status: 'LOGGED_MODEL_PENDING',
      model_type: '',
      source_run_id: '',
    },
    data: {
      params: [{ key: 'p', value: '' }],
      metrics: [{ key: 'm', value: 1, timestamp: 2, step: 3, model_id: 'm-1', run_id: 'r' }],
    },
  });
});
