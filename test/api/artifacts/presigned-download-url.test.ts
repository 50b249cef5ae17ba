import { describe, expect, test } from 'vitest';
import { openTestApp, textAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectWrongType, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const ask = (body: object) => app.post('artifacts/presigned-download-url', body);

async function runWithFile(path: string, body: string): Promise<string> {
  const runId = await app.newRun();
  const answer = await app.call('PUT', `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${path}`, body, {});
  expect(answer.status).toBe(200);
  return runId;
}

describe('200', () => {
  test('gives a URL for a file of the run, and its size', async () => {
    const run_id = await runWithFile('sub/a.html', '<b>');
    const answer = await ask({ run_id, path: 'sub/a.html' });
    expect(answer).toMatchObject({ status: 200, body: { headers: {}, file_size: 3 } });
    const response = await fetch(textAt(answer, 'presigned_url'));
    expect([response.status, await response.text()]).toEqual([200, '<b>']);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=a.html');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  test.each([
    [undefined, '300'],
    [1, '1'],
    ['60', '60'],
    [604_800, '604800'],
  ])('an expiration of %s is %s seconds', async (expiration, seconds) => {
    const run_id = await runWithFile('a', 'x');
    const answer = await ask({ run_id, path: 'a', expiration });
    expect(new URL(textAt(answer, 'presigned_url')).searchParams.get('X-Amz-Expires')).toBe(seconds);
  });

  test('is there for browsers, too', async () => {
    const run_id = await runWithFile('a', 'x');
    const path = '/ajax-api/2.0/mlflow/artifacts/presigned-download-url';
    expect((await app.call('POST', path, { run_id, path: 'a' })).status).toBe(200);
  });
});

describe('400', () => {
  test('what it needs is missing or of a wrong type', async () => {
    expectMissing(await ask({ path: 'a' }), 'run_id');
    expectMissing(await ask({ run_id: NO_RUN }), 'path');
    expectMissing(await ask({ run_id: NO_RUN, path: '' }), 'path');
    expectWrongType(await ask({ run_id: NO_RUN, path: 'a', expiration: 'x' }), 'expiration', '"x"', 'str');
  });

  test.each([0, -5, 604_801, '9223372036854775807'])('the expiration is %s', async (expiration) => {
    expectInvalid(
      await ask({ run_id: NO_RUN, path: 'a', expiration }),
      `expiration must be between 1 and 604800 seconds (got ${expiration}).`,
    );
  });

  test('the path is a folder, or the root', async () => {
    const run_id = await runWithFile('dir/a', 'x');
    const refused = (path: string) =>
      `Artifact path refers to a directory, not a file: '0/${run_id}/artifacts/${path}'`;
    expectInvalid(await ask({ run_id, path: 'dir' }), refused('dir'));
    expectInvalid(await ask({ run_id, path: '.' }), refused(''));
  });
});

describe('404', () => {
  test('there is no such run or file', async () => {
    expectNotFound(await ask({ run_id: NO_RUN, path: 'a' }), `Run with id=${NO_RUN} not found`);
    const run_id = await app.newRun();
    expectNotFound(await ask({ run_id, path: 'a' }), `No such artifact: '0/${run_id}/artifacts/a'`);
  });
});
