import { expect, test } from 'vitest';
import type { LoggedModel, ModelVersionView } from '../../functions/domain/entities.ts';
import { edgeBetween, type LineageNode, lineageIdOf } from '../../functions/domain/lineage.ts';
import { BLANK_RUN, newVersion } from '../store/samples.ts';
import { BLANK_REGISTERED_MODEL } from './blank-registered-model.ts';

const BLANK_MODEL: LoggedModel = {
  modelId: '',
  experimentId: '1',
  name: '',
  artifactUri: '',
  status: 'LOGGED_MODEL_READY',
  modelType: '',
  sourceRunId: '',
  creationTime: 1,
  lastUpdateTime: 1,
  isDeleted: false,
  params: new Map(),
  tags: new Map(),
};

const dataset = (name: string, digest: string): LineageNode => ({
  kind: 'dataset',
  dataset: { experimentId: '1', name, digest },
});

test('no two nodes share an id, whatever they are called', () => {
  expect(lineageIdOf(dataset('a:b', 'c'))).toBe('dataset:1:a%3Ab:c');
  expect(lineageIdOf(dataset('a', 'b:c'))).toBe('dataset:1:a:b%3Ac');
});

test('each kind of node has an id of its own', () => {
  const model = { ...BLANK_REGISTERED_MODEL, registeredModelId: 'x', name: 'm/é' };
  const view: ModelVersionView = {
    model,
    version: { ...newVersion(), registeredModelId: 'x', versionNumber: 3, creationTime: 1, lastUpdateTime: 1 },
    stage: 'None',
  };
  const run: LineageNode = { kind: 'run', view: { run: { ...BLANK_RUN, runId: 'r' }, stage: 'active', metrics: [] } };
  const loggedModel: LineageNode = { kind: 'logged_model', model: { ...BLANK_MODEL, modelId: 'm-1' } };
  expect([run, loggedModel].map(lineageIdOf)).toEqual(['run:r', 'logged_model:m-1']);
  expect(lineageIdOf({ kind: 'model_version', view })).toBe('model_version:m%2F%C3%A9:3');
  expect(lineageIdOf({ kind: 'alias', view, alias: 'a' })).toBe('alias:m%2F%C3%A9:a');
});

test('an edge leads from what was first to what came of it, whichever way it was found', () => {
  const [a, b] = [dataset('a', '1'), dataset('b', '1')];
  const edge = { from: 'dataset:1:a:1', to: 'dataset:1:b:1' };
  expect(edgeBetween(a, b, 'down')).toEqual(edge);
  expect(edgeBetween(b, a, 'up')).toEqual(edge);
});
