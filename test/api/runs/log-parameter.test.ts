import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, expectWrongType, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const log = (fields: object) => app.post('runs/log-parameter', fields);
const paramsOf = async (id: string) => valueAt(await app.get('runs/get', { run_id: id }), 'run', 'data', 'params');

describe('200', () => {
  test('stores a value, and the same once more', async () => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, key: 'lr', value: '0.1' }));
    expectOk(await log({ run_id: runId, key: 'lr', value: '0.1' }));
    expectOk(await log({ run_uuid: runId, key: 'depth', value: '3' }));
    expect(await paramsOf(runId)).toEqual([
      { key: 'lr', value: '0.1' },
      { key: 'depth', value: '3' },
    ]);
  });

  test.each([
    ['""', '', ''],
    ['nothing', undefined, ''],
    ['6000 characters', 'x'.repeat(6000), 'x'.repeat(6000)],
    ['6001 characters, of which 6000 are kept', `${'😀'.repeat(6000)}x`, '😀'.repeat(6000)],
  ])('stores a value of %s', async (_, value, stored) => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, key: 'k', value }));
    expect(await paramsOf(runId)).toEqual([{ key: 'k', value: stored }]);
  });

  test('the same long value again is no change', async () => {
    const runId = await app.newRun();
    const param = { run_id: runId, key: 'k', value: 'x'.repeat(7000) };
    expectOk(await log(param));
    expectOk(await log(param));
  });

  test('a finished run takes params still', async () => {
    const runId = await app.newRun();
    expect((await app.post('runs/update', { run_id: runId, status: 'FINISHED' })).status).toBe(200);
    expectOk(await log({ run_id: runId, key: 'k', value: 'v' }));
  });
});

describe('400', () => {
  test('the id or the key is missing', async () => {
    expectMissing(await log({ key: 'k' }), 'run_id');
    expectMissing(await log({ run_id: NO_RUN }), 'key');
  });

  test('another value was logged before, which stays', async () => {
    const runId = await app.newRun();
    expectOk(await log({ run_id: runId, key: 'K', value: 'A' }));
    expectInvalid(
      await log({ run_id: runId, key: 'K', value: 'B' }),
      `Changing param values is not allowed. Param with key='K' was already logged with value='A' for run ID='${runId}'. ` +
        "Attempted logging new value 'B'.",
    );
    expect(await paramsOf(runId)).toEqual([{ key: 'K', value: 'A' }]);
  });

  test('of many values for one param exactly one wins', async () => {
    const runId = await app.newRun();
    const values = Array.from({ length: 8 }, (_, at) => String(at));
    const answers = await Promise.all(values.map((value) => log({ run_id: runId, key: 'k', value })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(7);
    const winner = values[answers.findIndex(({ status }) => status === 200)];
    expect(await paramsOf(runId)).toEqual([{ key: 'k', value: winner }]);
  });

  test('the value is a number', async () => {
    expectWrongType(await log({ run_id: NO_RUN, key: 'k', value: 0.1 }), 'value', '0.1', 'float');
  });

  test('the key is too long or bad', async () => {
    expectInvalid(
      await log({ run_id: NO_RUN, key: 'k'.repeat(251), value: 'v' }),
      "'Param key' exceeds the maximum length of 250 characters",
    );
    expectInvalid(
      await log({ run_id: NO_RUN, key: 'a//b', value: 'v' }),
      'Invalid value "a//b" for parameter \'key\' supplied: Names may be treated as files in certain cases, and must ' +
        "not resolve to other names when treated as such. This name would resolve to 'a/b'",
    );
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await log({ run_id: NO_RUN, key: 'k', value: 'v' }), `Run with id=${NO_RUN} not found`);
  });
});
