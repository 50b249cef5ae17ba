import { describe, expect, test } from 'vitest';
import { HOSTILE_VALUES } from '../../support/hostile-paths.ts';
import { openTestApp, type Query } from '../../support/test-app.ts';
import { expectInvalid, expectNotFound, expectOk, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const list = (id: string, query: Query = {}) => app.get(`logged-models/${id}/artifacts/directories`, query);
const rootOf = (id: string) => `mlflow-artifacts:/0/models/${id}/artifacts`;
const put = async (id: string, path: string) => {
  const answer = await app.call('PUT', `/api/2.0/mlflow-artifacts/artifacts/0/models/${id}/artifacts/${path}`, 'x', {});
  expect(answer.status).toBe(200);
};

describe('200', () => {
  test('lists one level with paths from the root of the model', async () => {
    const id = await app.newModel();
    expectOk(await list(id), { root_uri: rootOf(id) });
    for (const path of ['MLmodel', 'data/a', 'data/b/c']) await put(id, path);
    expectOk(await list(id), {
      root_uri: rootOf(id),
      files: [
        { path: 'MLmodel', is_dir: false, file_size: 1 },
        { path: 'data', is_dir: true },
      ],
    });
    expectOk(await list(id, { artifact_directory_path: 'data' }), {
      root_uri: rootOf(id),
      files: [
        { path: 'data/a', is_dir: false, file_size: 1 },
        { path: 'data/b', is_dir: true },
      ],
    });
  });
});

describe('400', () => {
  test.each(HOSTILE_VALUES)('the path is %j', async (path) => {
    expectInvalid(await list(NO_MODEL, { artifact_directory_path: path }), 'Invalid path');
  });
});

describe('404', () => {
  test('there is no such model, or it is deleted', async () => {
    expectNotFound(await list(NO_MODEL), `Logged model with ID '${NO_MODEL}' not found.`);
    const id = await app.newModel();
    expectOk(await app.call('DELETE', `/api/2.0/mlflow/logged-models/${id}`));
    expectNotFound(await list(id), `Logged model with ID '${id}' not found.`);
  });
});
