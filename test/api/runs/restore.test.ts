import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectMissing, expectNotFound, expectOk, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const restore = (id: unknown) => app.post('runs/restore', { run_id: id });

describe('200', () => {
  test('a deleted run takes writes again and has lost nothing', async () => {
    const runId = await app.newRun({ run_name: 'n' });
    expectOk(await app.post('runs/log-metric', { run_id: runId, key: 'm', value: 1, timestamp: 1 }));
    const before = (await app.get('runs/get', { run_id: runId })).body;
    expectOk(await app.post('runs/delete', { run_id: runId }));
    expectOk(await restore(runId));
    expect((await app.get('runs/get', { run_id: runId })).body).toEqual(before);
    expectOk(await app.post('runs/set-tag', { run_id: runId, key: 'k', value: 'v' }));
  });

  test('an active run stays as it is', async () => {
    const runId = await app.newRun();
    expectOk(await restore(runId));
    expect(valueAt(await app.get('runs/get', { run_id: runId }), 'run', 'info', 'lifecycle_stage')).toBe('active');
  });
});

describe('400', () => {
  test('the id is missing', async () => {
    expectMissing(await restore(undefined), 'run_id');
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await restore(NO_RUN), `Run with id=${NO_RUN} not found`);
  });
});
