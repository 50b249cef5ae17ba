import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, expectWrongType, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const update = (fields: object) => app.post('runs/update', fields);
const get = async (id: string) => Object(valueAt(await app.get('runs/get', { run_id: id }), 'run'));

describe('200', () => {
  test('answers the info of the run as it is now', async () => {
    const runId = await app.newRun();
    const answer = await update({ run_id: runId, status: 'FINISHED', end_time: 20, run_name: 'done' });
    const { info, data } = await get(runId);
    expectOk(answer, { run_info: info });
    expect(info).toMatchObject({ status: 'FINISHED', end_time: 20, run_name: 'done', lifecycle_stage: 'active' });
    expect(data.tags).toEqual([{ key: 'mlflow.runName', value: 'done' }]);
  });

  test.each(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'])('any status may follow %s', async (status) => {
    const runId = await app.newRun();
    expect((await update({ run_id: runId, status })).status).toBe(200);
    expect((await get(runId)).info.status).toBe(status);
    expect((await update({ run_id: runId, status: 'RUNNING' })).status).toBe(200);
    expect((await get(runId)).info.status).toBe('RUNNING');
  });

  test('takes the number of a status', async () => {
    const runId = await app.newRun();
    await update({ run_id: runId, status: 3 });
    expect((await get(runId)).info.status).toBe('FINISHED');
  });

  test('a new name alone leaves status and end time', async () => {
    const runId = await app.newRun();
    await update({ run_id: runId, status: 'FINISHED', end_time: 20 });
    await update({ run_id: runId, run_name: 'later' });
    expect((await get(runId)).info).toMatchObject({ status: 'FINISHED', end_time: 20, run_name: 'later' });
  });

  test('an empty name changes nothing, nor does an empty request', async () => {
    const runId = await app.newRun({ run_name: 'kept' });
    const before = await get(runId);
    expect((await update({ run_id: runId, run_name: '' })).status).toBe(200);
    expectOk(await update({ run_id: runId }), { run_info: before.info });
    expect(await get(runId)).toEqual(before);
  });

  test('a status of the end sets no end time, and an end time of 0 is none', async () => {
    const runId = await app.newRun();
    await update({ run_id: runId, status: 'FAILED' });
    expect((await get(runId)).info).not.toHaveProperty('end_time');
    await update({ run_id: runId, end_time: 0 });
    expect((await get(runId)).info).not.toHaveProperty('end_time');
  });

  test('keeps an end time beyond 2^53', async () => {
    const runId = await app.newRun();
    const endTime = -9_223_372_036_854_775_808n;
    await update({ run_id: runId, end_time: String(endTime) });
    expect((await get(runId)).info.end_time).toBe(endTime);
  });

  test('run_uuid stands in for run_id', async () => {
    const runId = await app.newRun();
    expect((await update({ run_uuid: runId, run_name: 'n' })).status).toBe(200);
    expect((await get(runId)).info.run_name).toBe('n');
  });
});

describe('400', () => {
  test('the id is missing', async () => {
    expectMissing(await update({ status: 'FINISHED' }), 'run_id');
  });

  test('the status is unknown, or a time is none', async () => {
    expectWrongType(await update({ run_id: NO_RUN, status: 'BOGUS' }), 'status', '"BOGUS"', 'str');
    expectWrongType(await update({ run_id: NO_RUN, end_time: 'soon' }), 'end_time', '"soon"', 'str');
    expectWrongType(await update({ run_id: NO_RUN, end_time: true }), 'end_time', 'true', 'bool');
  });

  test('the run is deleted', async () => {
    const runId = await app.newRun();
    expectOk(await app.post('runs/delete', { run_id: runId }));
    expectInvalid(
      await update({ run_id: runId, run_name: 'x' }),
      `The run ${runId} must be in the 'active' state. Current state is deleted.`,
    );
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await update({ run_id: NO_RUN }), `Run with id=${NO_RUN} not found`);
  });
});
