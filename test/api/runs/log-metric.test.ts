import { describe, expect, test } from 'vitest';
import { listAt, openTestApp, valueAt } from '../../support/test-app.ts';
import {
  expectInvalid,
  expectMissing,
  expectNotFound,
  expectOk,
  expectWrongType,
  NO_MODEL,
  NO_RUN,
} from '../expect-answer.ts';

const app = await openTestApp();
const log = (fields: object) => app.post('runs/log-metric', fields);
const history = async (runId: string, key: string) =>
  listAt(await app.get('metrics/get-history', { run_id: runId, metric_key: key }), 'metrics');
const latest = async (runId: string) => listAt(await app.get('runs/get', { run_id: runId }), 'run', 'data', 'metrics');

/** A run that has logged these values of the metric `m`, given as [step, timestamp, value]. */
async function runWith(...points: readonly (readonly [unknown, unknown, unknown])[]): Promise<string> {
  const runId = await app.newRun();
  for (const [step, timestamp, value] of points) {
    expectOk(await log({ run_id: runId, key: 'm', step, timestamp, value }));
  }
  return runId;
}

describe('200', () => {
  test('keeps one point, whose step is 0 unless it is given', async () => {
    const runId = await runWith([undefined, 5, 0.5]);
    const point = { key: 'm', value: 0.5, timestamp: 5, step: 0 };
    expect(await history(runId, 'm')).toEqual([point]);
    expect(await latest(runId)).toEqual([point]);
  });

  test('the same point twice is one, with another value it is two', async () => {
    const runId = await runWith([1, 1, 0.5], [1, 1, 0.5], [1, 1, 0.25]);
    expect(await history(runId, 'm')).toEqual([0.25, 0.5].map((value) => ({ key: 'm', value, timestamp: 1, step: 1 })));
  });

  test.each([
    ['the larger step, though it came first', [5, 1, 1], [3, 9, 9], [5, 1, 1]],
    ['the larger timestamp of equal steps', [1, 7, 1], [1, 5, 9], [1, 7, 1]],
    ['the larger value of equal steps and timestamps', [1, 1, 9], [1, 1, 3], [1, 1, 9]],
    ['a value above 0 over NaN', ['1', 1, 0.5], [1, 1, 'NaN'], [1, 1, 0.5]],
    ['NaN over a value below 0', [1, 1, -0.5], [1, 1, 'NaN'], [1, 1, 'NaN']],
    ['the first of NaN and 0, which tie', [1, 1, 'NaN'], [1, 1, 0], [1, 1, 'NaN']],
    ['the first of 0 and NaN, which tie', [1, 1, 0], [1, 1, 'NaN'], [1, 1, 0]],
    ['step 0 over a negative step', [0, 1, 1], [-1, 9, 9], [0, 1, 1]],
    ['the larger step beyond 2^53', ['9007199254740993', 1, 1], ['9007199254740992', 9, 9], [9007199254740993n, 1, 1]],
  ] as const)('the last value is that of %s', async (_, first, second, [step, timestamp, value]) => {
    const runId = await runWith(first, second);
    expect(await latest(runId)).toEqual([{ key: 'm', value, timestamp, step }]);
    expect(await history(runId, 'm')).toHaveLength(2);
  });

  test.each([
    ['"NaN"', 'NaN', 'NaN'],
    ['"Infinity", which becomes the largest double', 'Infinity', Number.MAX_VALUE],
    ['"-Infinity"', '-Infinity', -Number.MAX_VALUE],
    ['a numeric string', '1e-3', 0.001],
    ['true', true, 1],
    ['false', false, 0],
    ['-0, which becomes 0', '-0.0', 0],
    ['the smallest double', 5e-324, 5e-324],
    ['an integer beyond 2^53', 9007199254740993n, 9007199254740992n],
  ])('takes the value %s', async (_, value, stored) => {
    const runId = await runWith([0, 1, value]);
    expect(await history(runId, 'm')).toEqual([{ key: 'm', value: stored, timestamp: 1, step: 0 }]);
  });

  test.each([
    ['numbers', -9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
    ['strings', '-9223372036854775808', '9223372036854775807'],
  ])('steps and timestamps have 64 bits, as %s', async (_, step, timestamp) => {
    const runId = await runWith([step, timestamp, 1]);
    const point = { key: 'm', value: 1, timestamp: 9_223_372_036_854_775_807n, step: -9_223_372_036_854_775_808n };
    expect(await latest(runId)).toEqual([point]);
    expect(await history(runId, 'm')).toEqual([point]);
  });

  test('numbers may be written as floats and strings', async () => {
    const runId = await runWith(['1', '1.7e+12', 1], ['2', 1.7e12, 1], [3, '1700000000000', 1]);
    expect((await history(runId, 'm')).map((point) => Object(point).timestamp)).toEqual(
      Array.from({ length: 3 }, () => 1_700_000_000_000),
    );
  });

  test('run_uuid stands in for run_id', async () => {
    const runId = await app.newRun();
    expectOk(await log({ run_uuid: runId, key: 'm', value: 1, timestamp: 1 }));
    expect(await latest(runId)).toHaveLength(1);
  });

  test('a metric of a logged model is there and here', async () => {
    const [runId, modelId] = [await app.newRun(), await app.newModel()];
    const fields = { model_id: modelId, dataset_name: 'iris', dataset_digest: '1' };
    expectOk(await log({ run_id: runId, key: 'm', value: 0.5, timestamp: 5, step: 2, ...fields }));
    const point = { key: 'm', value: 0.5, timestamp: 5, step: 2 };
    expect(await latest(runId)).toEqual([point]);
    expect(valueAt(await app.get(`logged-models/${modelId}`), 'model', 'data', 'metrics')).toEqual([
      { ...point, ...fields, run_id: runId },
    ]);
  });

  test('keys of metrics are any names: __proto__, colons, slashes, scripts', async () => {
    const runId = await app.newRun();
    const keys = ['__proto__', 'a/b', 'a:b c', '漢字', 'k'.repeat(250)];
    for (const key of keys) expectOk(await log({ run_id: runId, key, value: 1, timestamp: 1 }));
    const found = (await latest(runId)).map((point) => Object(point).key);
    expect(found.sort()).toEqual(keys.toSorted());
    for (const key of keys) expect(await history(runId, key)).toHaveLength(1);
  });

  test('points logged at once are all kept, and the last value is that of the last step', async () => {
    const runId = await app.newRun();
    const steps = Array.from({ length: 20 }, (_, at) => at);
    await Promise.all(steps.map(async (step) => log({ run_id: runId, key: 'm', value: step, timestamp: 1, step })));
    expect((await history(runId, 'm')).map((point) => Object(point).step)).toEqual(steps);
    expect(await latest(runId)).toEqual([{ key: 'm', value: 19, timestamp: 1, step: 19 }]);
  });
});

describe('400', () => {
  const good = { run_id: NO_RUN, key: 'k', value: 1, timestamp: 1 };

  test.each(['run_id', 'key', 'value', 'timestamp'])('%s is missing', async (field) => {
    expectMissing(await log({ ...good, [field]: undefined }), field);
    expectMissing(await log({ ...good, [field]: null }), field);
  });

  test('the first of several missing fields is named', async () => {
    expectMissing(await log({}), 'run_id');
    expectMissing(await log({ run_id: NO_RUN }), 'key');
  });

  test.each([
    ['value', 'x', '"x"', 'str'],
    ['value', [1], '[1]', 'list'],
    ['timestamp', 1.5, '1.5', 'float'],
    ['timestamp', 'now', '"now"', 'str'],
    ['timestamp', true, 'true', 'bool'],
    ['step', 'x', '"x"', 'str'],
    ['step', 0.5, '0.5', 'float'],
    ['step', 2n ** 63n, '9223372036854775808', 'int'],
    ['key', 5, '5', 'int'],
    ['model_id', 5, '5', 'int'],
  ])('%s has a wrong type: %#', async (field, value, json, type) => {
    expectWrongType(await log({ ...good, [field]: value }), field, json, type);
  });

  test.each(['NaN', 'Infinity', '-Infinity'])('a bare %s is no JSON', async (token) => {
    const body = `{"run_id":"${NO_RUN}","key":"k","value":${token},"timestamp":1}`;
    const answer = await app.call('POST', '/api/2.0/mlflow/runs/log-metric', body);
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test('a number that no double holds is refused', async () => {
    const body = `{"run_id":"${NO_RUN}","key":"k","value":1e400,"timestamp":1}`;
    expectWrongType(await app.call('POST', '/api/2.0/mlflow/runs/log-metric', body), 'value', 'Infinity', 'float');
  });

  test('the timestamp is negative', async () => {
    expectInvalid(
      await log({ ...good, timestamp: -1 }),
      "Invalid value -1 for parameter 'timestamp' supplied: metric 'k' (value=1.0). Timestamp must be a nonnegative " +
        'long (64-bit integer) ',
    );
  });

  test('the key is bad or too long', async () => {
    expectInvalid(
      await log({ ...good, key: 'a*b' }),
      'Invalid value "a*b" for parameter \'name\' supplied: Names may only contain alphanumerics, underscores (_), ' +
        'dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).',
    );
    expectInvalid(
      await log({ ...good, key: 'k'.repeat(251) }),
      "'Metric name' exceeds the maximum length of 250 characters",
    );
  });

  test('there is no such logged model, and nothing is stored', async () => {
    const runId = await app.newRun();
    expectInvalid(
      await log({ ...good, run_id: runId, model_id: NO_MODEL }),
      `Logged model with ID '${NO_MODEL}' not found.`,
    );
    expect(await latest(runId)).toEqual([]);
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    const answer = await log({ run_id: NO_RUN, key: 'k', value: 1, timestamp: 1 });
    expectNotFound(answer, `Run with id=${NO_RUN} not found`);
  });
});
