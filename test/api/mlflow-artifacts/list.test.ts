import { describe, expect, test } from 'vitest';
import { HOSTILE_VALUES } from '../../support/hostile-paths.ts';
import { openTestApp, type Query, queryString } from '../../support/test-app.ts';
import { expectInvalid, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const ROOT = '/api/2.0/mlflow-artifacts/artifacts';
const list = (query: Query) => app.call('GET', ROOT + queryString(query));
const put = async (path: string, body: string) =>
  expect((await app.call('PUT', `${ROOT}/${path}`, body, {})).status).toBe(200);

describe('200', () => {
  test('lists one level by the last segment of each path', async () => {
    await put('one/b', 'xy');
    await put('one/a/deep/c', 'x');
    const files = [
      { path: 'a', is_dir: true },
      { path: 'b', is_dir: false, file_size: 2 },
    ];
    for (const path of ['one', 'one/', './one']) expectOk(await list({ path }), { files });
    expectOk(await app.call('GET', `${ROOT}?path=one%2Fa`), { files: [{ path: 'deep', is_dir: true }] });
    for (const path of [undefined, '', '.']) expectOk(await list({ path }), { files: [{ path: 'one', is_dir: true }] });
  });

  test('a file or nothing lists as nothing', async () => {
    await put('two/file', 'x');
    expectOk(await list({ path: 'two/file' }));
    expectOk(await list({ path: 'two/fi' }));
    expectOk(await list({ path: 'nowhere' }));
  });

  test('lists more files than one answer of S3 holds', async () => {
    const names = Array.from({ length: 1005 }, (_, at) => `f${String(at).padStart(4, '0')}`);
    const batches = Array.from({ length: 21 }, (_, at) => names.slice(at * 48, at * 48 + 48));
    for (const batch of batches) await Promise.all(batch.map((name) => put(`many/${name}`, 'x')));
    const files = names.map((path) => ({ path, is_dir: false, file_size: 1 }));
    expectOk(await list({ path: 'many' }), { files });
  });
});

describe('400', () => {
  test.each(HOSTILE_VALUES)('the path is %j', async (path) => {
    expectInvalid(await list({ path }), 'Invalid path');
  });
});
