import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openTestApp, textAt, valueAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, NO_MODEL, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const ask = (body: object) => app.post('artifacts/presigned-upload-url', body);
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
const ONE_OF_TWO = 'Exactly one of run_id and model_id must be provided.';

describe('200', () => {
  test('a file of a run goes to the URL, and is there', async () => {
    const run_id = await app.newRun();
    const answer = await ask({ run_id, path: 'sub/ä b+c.txt' });
    expect(answer).toMatchObject({ status: 200, body: { headers: {} } });
    const url = textAt(answer, 'presigned_url');
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('900');
    for (const body of ['first', 'second']) {
      const headers = { 'content-type': 'text/html', 'content-md5': createHash('md5').update(body).digest('base64') };
      expect((await fetch(url, { method: 'PUT', body, headers })).status).toBe(200);
    }
    const found = await app.call('GET', `/get-artifact?run_id=${run_id}&path=${encodeURIComponent('sub/ä b+c.txt')}`);
    expect(found).toMatchObject({ status: 200, body: 'second' });
  });

  test('a file of a logged model goes there, too', async () => {
    const model_id = await app.newModel();
    const url = textAt(await ask({ model_id, path: 'MLmodel' }), 'presigned_url');
    expect((await fetch(url, { method: 'PUT', body: 'flavors: {}' })).status).toBe(200);
    const path = `/ajax-api/2.0/mlflow/logged-models/${model_id}/artifacts/files?artifact_file_path=MLmodel`;
    expect(await app.call('GET', path)).toMatchObject({ status: 200, body: 'flavors: {}' });
  });

  test('with a checksum S3 takes those bytes alone', async () => {
    const run_id = await app.newRun();
    const checksum = sha256('right');
    const answer = await ask({ run_id, path: 'a', checksum_sha256: checksum });
    const url = textAt(answer, 'presigned_url');
    expect(valueAt(answer, 'headers')).toEqual({ 'x-amz-checksum-sha256': checksum });
    const send = async (body: string, sent: string) =>
      (await fetch(url, { method: 'PUT', body, headers: { 'x-amz-checksum-sha256': sent } })).status;
    expect(await send('wrong', checksum)).toBe(400);
    expect(await send('wrong', sha256('wrong'))).toBe(403);
    expect((await fetch(url, { method: 'PUT', body: 'right' })).status).toBe(403);
    expect((await app.bucket.keys()).filter((key) => key.includes(run_id))).toEqual([]);
    expect(await send('right', checksum)).toBe(200);
  });

  test('an expiration is in seconds', async () => {
    const url = textAt(await ask({ run_id: await app.newRun(), path: 'a', expiration: 60 }), 'presigned_url');
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('60');
  });

  test('is there for browsers, too', async () => {
    const path = '/ajax-api/2.0/mlflow/artifacts/presigned-upload-url';
    expect((await app.call('POST', path, { run_id: await app.newRun(), path: 'a' })).status).toBe(200);
  });
});

describe('400', () => {
  test('neither or both of the two are named', async () => {
    expectInvalid(await ask({ path: 'a' }), ONE_OF_TWO);
    expectInvalid(await ask({ path: 'a', run_id: '', model_id: '' }), ONE_OF_TWO);
    expectInvalid(await ask({ path: 'a', run_id: NO_RUN, model_id: NO_MODEL }), ONE_OF_TWO);
  });

  test('the path is missing, the root, or a folder', async () => {
    expectMissing(await ask({ run_id: NO_RUN }), 'path');
    for (const path of ['.', './', '/', 'a/']) expectInvalid(await ask({ run_id: NO_RUN, path }), 'Invalid path');
  });

  test('the key would be longer than one of S3', async () => {
    const answer = await ask({ run_id: await app.newRun(), path: 'x'.repeat(1000) });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });

  test.each([0, -1, 604_801])('the expiration is %s', async (expiration) => {
    expectInvalid(
      await ask({ run_id: NO_RUN, path: 'a', expiration }),
      `expiration must be between 1 and 604800 seconds (got ${expiration}).`,
    );
  });

  test('the checksum is none', async () => {
    expectInvalid(
      await ask({ run_id: NO_RUN, path: 'a', checksum_sha256: 'abc' }),
      "checksum_sha256 must be the 32 bytes of a SHA-256 in base64 (got 'abc').",
    );
  });
});

describe('404', () => {
  test('there is no such run or model', async () => {
    expectNotFound(await ask({ run_id: NO_RUN, path: 'a' }), `Run with id=${NO_RUN} not found`);
    expectNotFound(await ask({ model_id: NO_MODEL, path: 'a' }), `Logged model with ID '${NO_MODEL}' not found.`);
  });
});
