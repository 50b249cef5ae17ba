import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, NO_MODEL, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const remove = (fields: object) => app.post('runs/delete', fields);
const stageOf = async (id: string) =>
  valueAt(await app.get('runs/get', { run_id: id }), 'run', 'info', 'lifecycle_stage');

describe('200', () => {
  test('marks the run, also a second time', async () => {
    const runId = await app.newRun();
    expectOk(await remove({ run_id: runId }));
    expectOk(await remove({ run_id: runId }));
    expect(await stageOf(runId)).toBe('deleted');
  });

  test('every write to a deleted run is refused', async () => {
    const runId = await app.newRun({ tags: [{ key: 'k', value: 'v' }] });
    expectOk(await remove({ run_id: runId }));
    const refusal = `The run ${runId} must be in the 'active' state. Current state is deleted.`;
    const model = { artifact_path: 'm', flavors: {}, utc_time_created: '', run_id: runId };
    const writes: readonly (readonly [string, object])[] = [
      ['runs/update', { run_id: runId, run_name: 'x' }],
      ['runs/log-metric', { run_id: runId, key: 'k', value: 1, timestamp: 1 }],
      ['runs/log-parameter', { run_id: runId, key: 'k', value: 'v' }],
      ['runs/set-tag', { run_id: runId, key: 'k', value: 'v' }],
      ['runs/delete-tag', { run_id: runId, key: 'k' }],
      ['runs/log-batch', { run_id: runId }],
      ['runs/log-batch', { run_id: runId, params: [{ key: 'k', value: 'v' }] }],
      ['runs/log-batch', { run_id: runId, metrics: [{ key: 'k', value: 1, timestamp: 1 }] }],
      ['runs/log-inputs', { run_id: runId, models: [{ model_id: NO_MODEL }] }],
      ['runs/outputs', { run_id: runId, models: [{ model_id: NO_MODEL }] }],
      ['runs/log-model', { run_id: runId, model_json: JSON.stringify(model) }],
    ];
    for (const [operation, body] of writes) expectInvalid(await app.post(operation, body), refusal);
  });
});

describe('400', () => {
  test('the id is missing, for run_uuid does not stand in here', async () => {
    expectMissing(await remove({}), 'run_id');
    expectMissing(await remove({ run_uuid: await app.newRun() }), 'run_id');
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await remove({ run_id: NO_RUN }), `Run with id=${NO_RUN} not found`);
  });
});
