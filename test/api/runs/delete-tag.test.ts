import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectMissing, expectNotFound, expectOk, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const remove = (fields: object) => app.post('runs/delete-tag', fields);
const get = async (id: string) => Object(valueAt(await app.get('runs/get', { run_id: id }), 'run'));

describe('200', () => {
  test('removes that tag alone', async () => {
    const runId = await app.newRun({ run_name: 'n', tags: [{ key: 'k', value: 'v' }] });
    expectOk(await remove({ run_id: runId, key: 'k' }));
    expect((await get(runId)).data.tags).toEqual([{ key: 'mlflow.runName', value: 'n' }]);
  });

  test('the run keeps its name when the tag with it goes', async () => {
    const runId = await app.newRun({ run_name: 'n' });
    expectOk(await remove({ run_id: runId, key: 'mlflow.runName' }));
    const { info, data } = await get(runId);
    expect(info.run_name).toBe('n');
    expect(data).toEqual({});
  });
});

describe('400', () => {
  test('the id or the key is missing, for run_uuid does not stand in here', async () => {
    expectMissing(await remove({ key: 'k' }), 'run_id');
    expectMissing(await remove({ run_uuid: await app.newRun(), key: 'mlflow.runName' }), 'run_id');
    expectMissing(await remove({ run_id: NO_RUN }), 'key');
  });
});

describe('404', () => {
  test('there is no such tag', async () => {
    const runId = await app.newRun();
    expectNotFound(await remove({ run_id: runId, key: 'x' }), `No tag with name: x in run with id ${runId}`);
  });

  test('there is no such run', async () => {
    expectNotFound(await remove({ run_id: NO_RUN, key: 'k' }), `Run with id=${NO_RUN} not found`);
  });
});
