import { describe, expect, test } from 'vitest';
import { HOSTILE_VALUES } from '../../support/hostile-paths.ts';
import { listAt, openTestApp, type Query, queryString } from '../../support/test-app.ts';
import { expectInvalid, expectNotFound, expectOk, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const upload = (query: Query, body?: unknown) =>
  app.call('POST', `/ajax-api/2.0/mlflow/upload-artifact${queryString(query)}`, body, { 'content-type': 'text/plain' });
const MAX_BYTES = 10 * 1024 * 1024;

describe('200', () => {
  test('keeps the file with the run, over an older one', async () => {
    const runId = await app.newRun();
    for (const body of ['one', 'three']) {
      expectOk(await upload({ run_uuid: runId, path: 'sub/a.txt' }, body));
      const found = await app.call('GET', `/get-artifact${queryString({ run_id: runId, path: 'sub/a.txt' })}`);
      expect(found.body).toBe(body);
    }
  });

  test('takes 10 MB', async () => {
    const runId = await app.newRun();
    expectOk(await upload({ run_uuid: runId, path: 'big' }, new Uint8Array(MAX_BYTES)));
    const files = listAt(await app.get('artifacts/list', { run_id: runId }), 'files');
    expect(files).toEqual([{ path: 'big', is_dir: false, file_size: MAX_BYTES }]);
  });
});

describe('400', () => {
  test('the run, the path or the data is missing', async () => {
    expectInvalid(await upload({ path: 'a' }, 'x'), 'Request must specify run_uuid.');
    expectInvalid(await upload({ run_uuid: NO_RUN }, 'x'), 'Request must specify path.');
    expectInvalid(await upload({ run_uuid: NO_RUN, path: 'a' }), 'Request must specify data.');
  });

  test('the file is larger than 10 MB', async () => {
    const body = new Uint8Array(MAX_BYTES + 1);
    expectInvalid(await upload({ run_uuid: NO_RUN, path: 'a' }, body), 'Artifact size is too large. Max size is 10MB.');
  });

  test.each([...HOSTILE_VALUES, '.', './'])('the path is %j', async (path) => {
    expectInvalid(await upload({ run_uuid: NO_RUN, path }, 'x'), 'Invalid path');
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await upload({ run_uuid: NO_RUN, path: 'a' }, 'x'), `Run with id=${NO_RUN} not found`);
  });

  test('it is for browsers alone', async () => {
    expect((await app.call('POST', '/api/2.0/mlflow/upload-artifact', 'x')).status).toBe(404);
  });
});
