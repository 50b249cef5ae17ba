import { expect, test } from 'vitest';
import type { Experiment, LoggedModelView } from '../../functions/domain/entities.ts';
import { wireExperiment, wireLoggedModel, wireMetric } from '../../functions/protocol/entities.ts';
import { stringifyJson } from '../../functions/protocol/json.ts';

/** What the client sees. */
const wire = (value: unknown): unknown => JSON.parse(stringifyJson(value));

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
