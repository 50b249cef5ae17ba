import { describe, expect, test } from 'vitest';
import { listAt, openTestApp } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const log = (runId: string | undefined, model: unknown) =>
  app.post('runs/log-model', {
    run_id: runId,
    model_json: typeof model === 'object' ? JSON.stringify(model) : model,
  });
const modelOf = (runId: string, path: string) => ({
  artifact_path: path,
  flavors: { python_function: { loader_module: 'x', config: { secret: 1 } } },
  utc_time_created: '2026-01-01 00:00:00',
  run_id: runId,
});
const historyOf = async (runId: string): Promise<unknown> => {
  const tags = listAt(await app.get('runs/get', { run_id: runId }), 'run', 'data', 'tags');
  const tag = tags.map(Object).find(({ key }) => key === 'mlflow.log-model.history');
  return JSON.parse(tag.value);
};

describe('200', () => {
  test('appends to the list in the tag, without the config of flavors', async () => {
    const runId = await app.newRun();
    expectOk(await log(runId, modelOf(runId, 'one')));
    expectOk(await log(runId, modelOf(runId, 'two')));
    const entry = (path: string) => ({
      run_id: runId,
      artifact_path: path,
      utc_time_created: '2026-01-01 00:00:00',
      model_uuid: null,
      flavors: { python_function: { loader_module: 'x' } },
    });
    expect(await historyOf(runId)).toEqual([entry('one'), entry('two')]);
  });

  test('a list longer than other tags may be stays whole', async () => {
    const runId = await app.newRun();
    for (const at of [0, 1, 2, 3, 4]) expectOk(await log(runId, modelOf(runId, `${at}`.repeat(2000))));
    expect(await historyOf(runId)).toHaveLength(5);
  });
});

describe('400', () => {
  test('the id or the model is missing', async () => {
    expectMissing(await log(undefined, '{}'), 'run_id');
    expectMissing(await log(NO_RUN, undefined), 'model_json');
  });

  test('the model is no JSON', async () => {
    expectInvalid(await log(NO_RUN, '{'), 'Malformed model info. \n { \n is not a valid JSON.');
  });

  test('a field of the model is missing', async () => {
    const { flavors: _, ...model } = modelOf(NO_RUN, 'x');
    expectInvalid(await log(NO_RUN, model), "Model json is missing mandatory fields: {'flavors'}");
  });

  test('the tag holds something else', async () => {
    const runId = await app.newRun({ tags: [{ key: 'mlflow.log-model.history', value: 'mine' }] });
    expectInvalid(
      await log(runId, modelOf(runId, 'x')),
      "Cannot record the model: the tag 'mlflow.log-model.history' does not hold a JSON list.",
    );
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await log(NO_RUN, modelOf(NO_RUN, 'x')), `Run with id=${NO_RUN} not found`);
  });
});
