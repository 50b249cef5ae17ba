import { describe, expect, test } from 'vitest';
import { HOSTILE_VALUES } from '../../support/hostile-paths.ts';
import { openTestApp, type Query, queryString } from '../../support/test-app.ts';
import { expectInvalid, expectNotFound, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const get = (query: Query, headers = {}) => app.call('GET', `/get-artifact${queryString(query)}`, undefined, headers);

async function runWithFile(path: string, body: string): Promise<string> {
  const runId = await app.newRun();
  const answer = await app.call('PUT', `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${path}`, body, {});
  expect(answer.status).toBe(200);
  return runId;
}

describe('200', () => {
  test('sends the file as an attachment that browsers do not guess about', async () => {
    const runId = await runWithFile('sub/a.html', '<b>');
    for (const query of [{ run_id: runId }, { run_uuid: runId }]) {
      const answer = await get({ ...query, path: 'sub/a.html' });
      expect(answer).toMatchObject({ status: 200, body: '<b>' });
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/html',
        'content-length': '3',
        'content-disposition': 'attachment; filename=a.html',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test('in a query a plus is a blank, an escaped one a plus', async () => {
    const runId = await runWithFile('a+b', 'plus');
    expect(await app.call('GET', `/get-artifact?run_id=${runId}&path=a%2Bb`)).toMatchObject({ body: 'plus' });
    expect((await app.call('GET', `/get-artifact?run_id=${runId}&path=a+b`)).status).toBe(404);
  });
});

test('206: sends the range asked for', async () => {
  const runId = await runWithFile('digits', '0123456789');
  const answer = await get({ run_id: runId, path: 'digits' }, { range: 'bytes=2-4' });
  expect(answer).toMatchObject({ status: 206, body: '234' });
  expect(answer.headers.get('content-range')).toBe('bytes 2-4/10');
});

describe('400', () => {
  test('the run or the path is missing', async () => {
    expectInvalid(await get({ path: 'a' }), "Missing value for required parameter 'run_id'.");
    expectInvalid(await get({ run_id: NO_RUN }), "Missing value for required parameter 'path'.");
  });

  test.each(HOSTILE_VALUES)('the path is %j', async (path) => {
    expectInvalid(await get({ run_id: NO_RUN, path }), 'Invalid path');
  });

  test('the path is a folder', async () => {
    const runId = await runWithFile('model/MLmodel', 'x');
    expectInvalid(
      await get({ run_id: runId, path: 'model' }),
      `Artifact path refers to a directory, not a file: '0/${runId}/artifacts/model'`,
    );
  });
});

describe('404', () => {
  test('there is no such run or file', async () => {
    expectNotFound(await get({ run_id: NO_RUN, path: 'a' }), `Run with id=${NO_RUN} not found`);
    const runId = await app.newRun();
    expectNotFound(await get({ run_id: runId, path: 'a/b' }), `No such artifact: '0/${runId}/artifacts/a/b'`);
  });
});
