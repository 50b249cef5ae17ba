import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectMissing, expectNotFound, expectOk, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const get = (query: { run_id?: string; run_uuid?: string }) => app.get('runs/get', query);

describe('200', () => {
  test('shows the last value of each metric, params, tags, inputs and outputs', async () => {
    const runId = await app.newRun({ run_name: 'full', start_time: 5 });
    const modelId = await app.newModel();
    const metric = (key: string, step: number, value: number) => ({ key, value, timestamp: 10 + step, step });
    expectOk(
      await app.post('runs/log-batch', {
        run_id: runId,
        metrics: [metric('loss', 2, 0.2), metric('loss', 1, 0.1), metric('accuracy', 0, 0.9)],
        params: [{ key: 'lr', value: '0.1' }],
        tags: [{ key: 'team', value: 'x' }],
      }),
    );
    const dataset = { name: 'iris', digest: '1', source_type: 'local', source: '{}', schema: '[]', profile: '{"n":1}' };
    const tags = [{ key: 'mlflow.data.context', value: 'train' }];
    expectOk(
      await app.post('runs/log-inputs', {
        run_id: runId,
        datasets: [{ dataset, tags }],
        models: [{ model_id: modelId }],
      }),
    );
    expectOk(await app.post('runs/outputs', { run_id: runId, models: [{ model_id: modelId, step: 3 }] }));
    const run = Object(valueAt(await get({ run_id: runId }), 'run'));
    expect(run.data.metrics).toHaveLength(2);
    expect(run.data.metrics).toEqual(expect.arrayContaining([metric('loss', 2, 0.2), metric('accuracy', 0, 0.9)]));
    expect(run.data.params).toEqual([{ key: 'lr', value: '0.1' }]);
    expect(run.data.tags).toEqual([
      { key: 'mlflow.runName', value: 'full' },
      { key: 'team', value: 'x' },
    ]);
    expect(run.inputs).toEqual({ dataset_inputs: [{ dataset, tags }], model_inputs: [{ model_id: modelId }] });
    expect(run.outputs).toEqual({ model_outputs: [{ model_id: modelId, step: 3 }] });
  });

  test('run_uuid stands in for run_id, which wins when both are there', async () => {
    const [one, other] = [await app.newRun(), await app.newRun()];
    expect(valueAt(await get({ run_uuid: one }), 'run', 'info', 'run_id')).toBe(one);
    expect(valueAt(await get({ run_id: one, run_uuid: other }), 'run', 'info', 'run_id')).toBe(one);
  });

  test('finds a deleted run', async () => {
    const runId = await app.newRun();
    expectOk(await app.post('runs/delete', { run_id: runId }));
    expect(valueAt(await get({ run_id: runId }), 'run', 'info', 'lifecycle_stage')).toBe('deleted');
  });

  test('a run with much in it comes back whole', async () => {
    const runId = await app.newRun();
    const batch = (round: number) =>
      Array.from({ length: 100 }, (_, at) => ({ key: `p${round}-${at}`, value: '😀'.repeat(3000) }));
    for (const round of [0, 1]) {
      expectOk(await app.post('runs/log-batch', { run_id: runId, params: batch(round), tags: batch(round) }));
    }
    const answer = await get({ run_id: runId });
    expect(valueAt(answer, 'run', 'data', 'params')).toEqual([...batch(0), ...batch(1)]);
  });
});

describe('400', () => {
  test('the id is missing', async () => {
    expectMissing(await get({}), 'run_id');
    expectMissing(await get({ run_id: '' }), 'run_id');
  });
});

describe('404', () => {
  test.each([NO_RUN, 'x', '../x', '0'.repeat(32), 'x'.repeat(5000), 'é'])('nobody made %j', async (id) => {
    expectNotFound(await get({ run_id: id }), `Run with id=${id} not found`);
  });
});
