import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectMissing, expectNotFound, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const restore = (id: unknown) => app.post('experiments/restore', { experiment_id: id });
const remove = (id: string) => app.post('experiments/delete', { experiment_id: id });
const stageOf = async (runId: string) =>
  valueAt(await app.get('runs/get', { run_id: runId }), 'run', 'info', 'lifecycle_stage');

describe('200', () => {
  test('brings back the experiment and every run, also one that was deleted on its own', async () => {
    const id = await app.newExperiment();
    const kept = await app.newRun({ experiment_id: id });
    const deleted = await app.newRun({ experiment_id: id });
    expectOk(await app.post('runs/delete', { run_id: deleted }));
    expectOk(await remove(id));
    expectOk(await restore(id));
    expect(valueAt(await app.get('experiments/get', { experiment_id: id }), 'experiment', 'lifecycle_stage')).toBe(
      'active',
    );
    expect(await stageOf(kept)).toBe('active');
    expect(await stageOf(deleted)).toBe('active');
    expectOk(await app.post('runs/set-tag', { run_id: deleted, key: 'k', value: 'v' }));
  });

  test('a run restored on its own stays active within its deleted experiment', async () => {
    const id = await app.newExperiment();
    const runId = await app.newRun({ experiment_id: id });
    expectOk(await remove(id));
    expectOk(await app.post('runs/restore', { run_id: runId }));
    expect(await stageOf(runId)).toBe('active');
  });

  test('a run deleted after the restoration is deleted', async () => {
    const id = await app.newExperiment();
    const runId = await app.newRun({ experiment_id: id });
    expectOk(await remove(id));
    expectOk(await restore(id));
    expectOk(await app.post('runs/delete', { run_id: runId }));
    expect(await stageOf(runId)).toBe('deleted');
  });
});

describe('400', () => {
  test('the id is missing', async () => {
    expectMissing(await restore(undefined), 'experiment_id');
  });
});

describe('404', () => {
  test('there is none, or it is active', async () => {
    expectNotFound(await restore('99999'), 'No Experiment with id=99999 exists');
    const id = await app.newExperiment();
    expectNotFound(await restore(id), `No Experiment with id=${id} exists`);
  });
});
