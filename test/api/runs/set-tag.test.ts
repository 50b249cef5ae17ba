import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, expectWrongType, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const setTag = (fields: object) => app.post('runs/set-tag', fields);
const get = async (id: string) => Object(valueAt(await app.get('runs/get', { run_id: id }), 'run'));
const tagOf = async (runId: string, key: string) =>
  (await get(runId)).data.tags.find((tag: unknown) => Object(tag).key === key)?.value;

describe('200', () => {
  test('sets and overwrites', async () => {
    const runId = await app.newRun();
    for (const value of ['one', 'two']) {
      expectOk(await setTag({ run_id: runId, key: 'k', value }));
      expect(await tagOf(runId, 'k')).toBe(value);
    }
  });

  test.each([
    ['""', '', ''],
    ['nothing', undefined, ''],
    ['null', null, ''],
    ['several lines and any script', 'a\nb\t\u0000é漢😀', 'a\nb\t\u0000é漢😀'],
    ['8000 characters', 'x'.repeat(8000), 'x'.repeat(8000)],
    ['8001 characters, of which 8000 are kept', `${'😀'.repeat(8000)}x`, '😀'.repeat(8000)],
  ])('stores a value of %s', async (_, value, stored) => {
    const runId = await app.newRun();
    expectOk(await setTag({ run_id: runId, key: 'k', value }));
    expect(await tagOf(runId, 'k')).toBe(stored);
  });

  test.each(['a b', 'a/b', 'a:b', 'é漢', 'a.b-c_d', 'a/..b', 'k'.repeat(250), '__proto__', 'constructor'])(
    'takes the key %j',
    async (key) => {
      const runId = await app.newRun();
      expectOk(await setTag({ run_id: runId, key, value: 'v' }));
      expect(await tagOf(runId, key)).toBe('v');
    },
  );

  test('mlflow.runName renames the run, unless it is empty', async () => {
    const runId = await app.newRun({ run_name: 'old' });
    expectOk(await setTag({ run_id: runId, key: 'mlflow.runName', value: 'new' }));
    expect((await get(runId)).info.run_name).toBe('new');
    expectOk(await setTag({ run_id: runId, key: 'mlflow.runName', value: '' }));
    expect((await get(runId)).info.run_name).toBe('new');
  });

  test('mlflow.user leaves the user of the run', async () => {
    const runId = await app.newRun({ user_id: 'me' });
    expectOk(await setTag({ run_id: runId, key: 'mlflow.user', value: 'you' }));
    expect((await get(runId)).info.user_id).toBe('me');
  });

  test('run_uuid stands in for run_id', async () => {
    const runId = await app.newRun();
    expectOk(await setTag({ run_uuid: runId, key: 'k', value: 'v' }));
    expect(await tagOf(runId, 'k')).toBe('v');
  });

  test('loses no tag when many are set at once', async () => {
    const runId = await app.newRun();
    const keys = Array.from({ length: 10 }, (_, at) => `k${at}`);
    await Promise.all(keys.map(async (key) => expectOk(await setTag({ run_id: runId, key, value: key }))));
    for (const key of keys) expect(await tagOf(runId, key)).toBe(key);
  });
});

describe('400', () => {
  const named = (name: string, detail: string) => `Invalid value ${name} for parameter 'key' supplied: ${detail}`;
  const characters =
    'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';
  const resolves = (normal: string) =>
    'Names may be treated as files in certain cases, and must not resolve to other names when treated as such. ' +
    `This name would resolve to '${normal}'`;

  test('the id or the key is missing', async () => {
    expectMissing(await setTag({ key: 'k', value: 'v' }), 'run_id');
    expectMissing(await setTag({ run_id: NO_RUN, value: 'v' }), 'key');
    expectMissing(await setTag({ run_id: NO_RUN, key: '', value: 'v' }), 'key');
  });

  test('a field has a wrong type, under whichever name it comes', async () => {
    expectWrongType(await setTag({ run_id: NO_RUN, key: 'k', value: 41 }), 'value', '41', 'int');
    expectWrongType(await setTag({ run_id: NO_RUN, key: 'k', value: true }), 'value', 'true', 'bool');
    expectWrongType(
      await setTag({ run_id: NO_RUN, key: 'k', value: { b: 1, a: [2] } }),
      'value',
      '{"a":[2],"b":1}',
      'dict',
    );
    expectWrongType(await setTag({ run_uuid: 5, key: 'k', value: 'v' }), 'run_id', '5', 'int');
    expectWrongType(await setTag({ runId: 1.5, key: 'k', value: 'v' }), 'run_id', '1.5', 'float');
  });

  test.each([
    ['a*b', named('"a*b"', characters)],
    ['a\nb', named(String.raw`"a\nb"`, characters)],
    ['😀', named(String.raw`"\ud83d\ude00"`, characters)],
    ['a//b', named('"a//b"', resolves('a/b'))],
    ['../a', named('"../a"', resolves('../a'))],
    ['...a', named('"...a"', resolves('...a'))],
    ['/a', named('"/a"', resolves('/a'))],
    ['.', named('"."', resolves('.'))],
    ['a/', named('"a/"', resolves('a'))],
    ['k'.repeat(251), "'key' exceeds the maximum length of 250 characters"],
  ])('the key %j is refused', async (key, message) => {
    expectInvalid(await setTag({ run_id: NO_RUN, key, value: 'v' }), message);
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await setTag({ run_id: NO_RUN, key: 'k', value: 'v' }), `Run with id=${NO_RUN} not found`);
  });
});
