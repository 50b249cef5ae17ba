import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import {
  expectError,
  expectMissing,
  expectNotFound,
  expectOk,
  expectWrongType,
  NO_MODEL,
  NO_RUN,
} from '../expect-answer.ts';

const app = await openTestApp();
const log = (fields: object) => app.post('runs/outputs', fields);
const outputsOf = async (runId: string) => valueAt(await app.get('runs/get', { run_id: runId }), 'run', 'outputs');

describe('200', () => {
  test('links models with their steps, the largest too', async () => {
    const runId = await app.newRun();
    const models = [
      { model_id: 'm-1', step: 0 },
      { model_id: 'm-2', step: 9_223_372_036_854_775_807n },
    ];
    expectOk(await log({ run_id: runId, models: models.slice(0, 1) }));
    expectOk(await log({ run_id: runId, models: models.slice(1) }));
    expect(await outputsOf(runId)).toEqual({ model_outputs: models });
  });

  test('the step is 0 unless it is given, and no models are none', async () => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, models: [] }));
    expect(await outputsOf(runId)).toEqual({});
    expectOk(await log({ run_id: runId, models: [{ model_id: 'm-1' }] }));
    expect(await outputsOf(runId)).toEqual({ model_outputs: [{ model_id: 'm-1', step: 0 }] });
  });
});

describe('400', () => {
  test('the id or the models are missing', async () => {
    expectMissing(await log({ models: [] }), 'run_id');
    expectMissing(await log({ run_id: NO_RUN }), 'models');
    expectMissing(await log({ run_id: NO_RUN, models: null }), 'models');
  });

  test('a field has a wrong type', async () => {
    expectWrongType(await log({ run_id: NO_RUN, models: 'x' }), 'models', '"x"', 'str');
    const models = [{ model_id: NO_MODEL, step: 'x' }];
    expectWrongType(await log({ run_id: NO_RUN, models }), 'models[0].step', '"x"', 'str');
  });

  test('a model is an output already, or comes twice: nothing is stored', async () => {
    const runId = await app.newRun();
    const message = (modelId: string) => `Model '${modelId}' is already an output of run '${runId}'.`;
    const twice = ['m-1', 'm-1'].map((model_id) => ({ model_id }));
    expectError(await log({ run_id: runId, models: twice }), 400, 'BAD_REQUEST', message('m-1'));
    expectOk(await log({ run_id: runId, models: twice.slice(0, 1) }));
    const again = ['m-2', 'm-1'].map((model_id) => ({ model_id }));
    expectError(await log({ run_id: runId, models: again }), 400, 'BAD_REQUEST', message('m-1'));
    expect(await outputsOf(runId)).toEqual({ model_outputs: [{ model_id: 'm-1', step: 0 }] });
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await log({ run_id: NO_RUN, models: [] }), `Run with id=${NO_RUN} not found`);
  });

  test('log-outputs is not its path', async () => {
    expect((await app.post('runs/log-outputs', {})).status).toBe(404);
  });
});
