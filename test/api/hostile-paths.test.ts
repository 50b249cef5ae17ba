import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE_PATHS, HOSTILE_VALUES } from '../support/hostile-paths.ts';
import { openTestApp } from '../support/test-app.ts';

const app = await openTestApp();
const server = serve({ fetch: (incoming, env) => app.fetch(incoming, env), hostname: '127.0.0.1', port: 0 });
await new Promise((resolve) => server.once('listening', resolve));
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

/** Sends a path as it stands, which `fetch` would not. */
function send({ method, path, body }: Sent): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  const headers = { 'content-type': 'application/json', connection: 'close' };
  return new Promise((resolve, reject) => {
    const sending = request({ host: '127.0.0.1', port: address.port, method, path, headers }, async (answer) => {
      resolve({ status: answer.statusCode, body: await text(answer) });
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

const FILES = '/api/2.0/mlflow-artifacts';
const MULTIPART = { path: 'f', num_parts: 1, upload_id: 'u', parts: [{ part_number: 1, etag: 'e' }] };

/** The ways whose path is a part of the URL. */
const URL_WAYS: readonly ((url: string) => Sent)[] = [
  (url) => ({ method: 'GET', path: `${FILES}/artifacts/${url}` }),
  (url) => ({ method: 'HEAD', path: `${FILES}/artifacts/${url}` }),
  (url) => ({ method: 'PUT', path: `${FILES}/artifacts/${url}`, body: 'intruder' }),
  (url) => ({ method: 'DELETE', path: `${FILES}/artifacts/${url}` }),
  (url) => ({ method: 'GET', path: `${FILES}/presigned/${url}` }),
  ...['create', 'complete', 'abort'].map((verb) => (url: string) => ({
    method: 'POST',
    path: `${FILES}/mpu/${verb}/${url}`,
    body: JSON.stringify(MULTIPART),
  })),
];

const runId = await app.newRun();
const modelId = await app.newModel();
const MODEL = `logged-models/${modelId}/artifacts`;
const AJAX = '/ajax-api/2.0/mlflow';
const inQuery = (path: string, name: string, value: string) => `${path}${name}=${encodeURIComponent(value)}`;

/** The ways whose path is a value of a query or of a JSON body. */
const VALUE_WAYS: readonly ((path: string) => Sent)[] = [
  (path) => ({ method: 'GET', path: inQuery(`${FILES}/artifacts?`, 'path', path) }),
  (path) => ({ method: 'GET', path: inQuery(`/api/2.0/mlflow/artifacts/list?run_id=${runId}&`, 'path', path) }),
  (path) => ({ method: 'GET', path: inQuery(`/get-artifact?run_id=${runId}&`, 'path', path) }),
  (path) => ({
    method: 'POST',
    path: inQuery(`${AJAX}/upload-artifact?run_uuid=${runId}&`, 'path', path),
    body: 'intruder',
  }),
  (path) => presignedUrl('upload', { run_id: runId, path }),
  (path) => presignedUrl('upload', { model_id: modelId, path }),
  (path) => presignedUrl('download', { run_id: runId, path }),
  (path) => ({ method: 'GET', path: inQuery(`${AJAX}/${MODEL}/files?`, 'artifact_file_path', path) }),
  (path) => ({
    method: 'GET',
    path: inQuery(`/api/2.0/mlflow/${MODEL}/directories?`, 'artifact_directory_path', path),
  }),
];

const presignedUrl = (kind: 'upload' | 'download', body: object): Sent => ({
  method: 'POST',
  path: `/api/2.0/mlflow/artifacts/presigned-${kind}-url`,
  body: JSON.stringify(body),
});

const REFUSAL = { error_code: 'INVALID_PARAMETER_VALUE', message: 'Invalid path' };

async function expectRefusal(sent: Sent): Promise<void> {
  const answer = await send(sent);
  const what = `${sent.method} ${sent.path} ${sent.body ?? ''}`;
  expect(answer.status, what).toBe(400);
  if (sent.method !== 'HEAD') expect(JSON.parse(answer.body), what).toEqual(REFUSAL);
}

let before: readonly string[] = [];

beforeAll(async () => {
  for (const key of ['x', 'etc/passwd', 'segments/x', 'artifacts/x', 'artifacts/a/b', `artifacts/0/${runId}/x`]) {
    await app.bucket.put(key, 'secret');
  }
  before = await app.bucket.keys();
});

afterAll(async () => {
  expect(await app.bucket.keys()).toEqual(before);
  expect(await app.bucket.openUploads()).toEqual([]);
  expect(app.reports).toEqual([]);
});

test('there are at least 60 hostile paths, each with a name of its own', () => {
  expect(new Set(HOSTILE_PATHS.map(({ name }) => name)).size).toBe(HOSTILE_PATHS.length);
  expect(HOSTILE_PATHS.length).toBeGreaterThanOrEqual(60);
});

test.each(HOSTILE_PATHS)('$name is refused in a URL: $url', async ({ url }) => {
  for (const sentBy of URL_WAYS) await expectRefusal(sentBy(url));
});

test.each(HOSTILE_VALUES)('is refused as a value: %j', async (path) => {
  for (const sentBy of VALUE_WAYS) await expectRefusal(sentBy(path));
});
