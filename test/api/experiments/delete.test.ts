import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const remove = (id: unknown) => app.post('experiments/delete', { experiment_id: id });
const get = async (id: string) => valueAt(await app.get('experiments/get', { experiment_id: id }), 'experiment');

describe('200', () => {
  test('marks the experiment and moves its last update', async () => {
    const id = await app.newExperiment();
    const before = Object(await get(id));
    expectOk(await remove(id));
    const after = Object(await get(id));
    expect(after).toMatchObject({ lifecycle_stage: 'deleted', creation_time: before.creation_time });
    expect(after.last_update_time).toBeGreaterThan(before.last_update_time);
  });

  test('deletes all its runs, which can be read but no longer written', async () => {
    const id = await app.newExperiment();
    const runId = await app.newRun({ experiment_id: id });
    expectOk(await remove(id));
    expect(valueAt(await app.get('runs/get', { run_id: runId }), 'run', 'info', 'lifecycle_stage')).toBe('deleted');
    const refusal = `The run ${runId} must be in the 'active' state. Current state is deleted.`;
    expectInvalid(await app.post('runs/set-tag', { run_id: runId, key: 'k', value: 'v' }), refusal);
    expectInvalid(await app.post('runs/log-metric', { run_id: runId, key: 'k', value: 1, timestamp: 1 }), refusal);
    expectInvalid(await app.post('runs/log-batch', { run_id: runId }), refusal);
  });

  test('leaves the runs of other experiments alone', async () => {
    const id = await app.newExperiment();
    const runId = await app.newRun();
    expectOk(await remove(id));
    expect(valueAt(await app.get('runs/get', { run_id: runId }), 'run', 'info', 'lifecycle_stage')).toBe('active');
  });

  test('the default experiment can be deleted and restored', async () => {
    expectOk(await remove('0'));
    expectOk(await app.post('experiments/restore', { experiment_id: '0' }));
  });
});

describe('400', () => {
  test('the id is missing or no integer', async () => {
    expectMissing(await remove(undefined), 'experiment_id');
    expectInvalid(await remove('x'), "Invalid experiment ID 'x'. Experiment ID must be a valid integer.");
  });
});

describe('404', () => {
  test('there is none, or it is deleted already', async () => {
    expectNotFound(await remove('99999'), 'No Experiment with id=99999 exists');
    const id = await app.newExperiment();
    expectOk(await remove(id));
    expectNotFound(await remove(id), `No Experiment with id=${id} exists`);
  });
});
