import { describe, expect, test } from 'vitest';
import { HOSTILE_VALUES } from '../../support/hostile-paths.ts';
import { openTestApp, queryString } from '../../support/test-app.ts';
import { expectError, expectInvalid, expectNotFound, NO_MODEL } from '../expect-answer.ts';

const app = await openTestApp();
const get = (id: string, path?: string, prefix = '/ajax-api') =>
  app.call(
    'GET',
    `${prefix}/2.0/mlflow/logged-models/${id}/artifacts/files${queryString({ artifact_file_path: path })}`,
  );

describe('200', () => {
  test('sends a file of the model as an attachment', async () => {
    const id = await app.newModel();
    const path = `/api/2.0/mlflow-artifacts/artifacts/0/models/${id}/artifacts/data/a.txt`;
    expect((await app.call('PUT', path, 'hello', {})).status).toBe(200);
    const answer = await get(id, 'data/a.txt');
    expect(answer).toMatchObject({ status: 200, body: 'hello' });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=a.txt');
  });
});

describe('400', () => {
  test('the path is missing', async () => {
    for (const path of [undefined, '']) {
      expectError(
        await get(NO_MODEL, path),
        400,
        'BAD_REQUEST',
        'Request must include the "artifact_file_path" query parameter.',
      );
    }
  });

  test.each(HOSTILE_VALUES)('the path is %j', async (path) => {
    expectInvalid(await get(NO_MODEL, path), 'Invalid path');
  });
});

describe('404', () => {
  test('there is no such model or file', async () => {
    expectNotFound(await get(NO_MODEL, 'a'), `Logged model with ID '${NO_MODEL}' not found.`);
    const id = await app.newModel();
    expectNotFound(await get(id, 'a/b.txt'), `No such artifact: '0/models/${id}/artifacts/a/b.txt'`);
  });

  test('it is for browsers alone', async () => {
    expect((await get(NO_MODEL, 'a', '/api')).status).toBe(404);
  });
});
