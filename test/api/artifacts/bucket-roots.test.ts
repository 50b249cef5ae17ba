import { describe, expect, test } from 'vitest';
import { proxiedPath } from '../../../functions/api/artifacts/proxied-path.ts';
import { openTestApp, queryString, textAt } from '../../support/test-app.ts';
import { expectInvalid, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const BUCKET = 'tracklet-artifacts';
const OURS = `s3://${BUCKET}/artifacts`;

const runAt = async (artifact_location: string) =>
  app.newRun({ experiment_id: await app.newExperiment({ artifact_location }) });

const ajax = '/ajax-api/2.0/mlflow';

/** Every way in and out by a run. */
const WAYS: Readonly<Record<string, (runId: string) => ReturnType<typeof app.call>>> = {
  list: (run_id) => app.get('artifacts/list', { run_id }),
  'get-artifact': (run_id) => app.call('GET', `/get-artifact${queryString({ run_id, path: 'f' })}`),
  'upload-artifact': (run_uuid) =>
    app.call('POST', `${ajax}/upload-artifact${queryString({ run_uuid, path: 'f' })}`, 'x', {}),
  'presigned upload': (run_id) => app.post('artifacts/presigned-upload-url', { run_id, path: 'f' }),
  'presigned download': (run_id) => app.post('artifacts/presigned-download-url', { run_id, path: 'f' }),
};

describe('an experiment in our bucket, below artifacts/', () => {
  test('is served as one that is proxied', async () => {
    const runId = await runAt(`${OURS}/team a/x`);
    const rootUri = `${OURS}/team a/x/${runId}/artifacts`;
    expectOk(await app.call('POST', `${ajax}/upload-artifact?run_uuid=${runId}&path=up.txt`, 'up', {}));
    const url = textAt(
      await app.post('artifacts/presigned-upload-url', { run_id: runId, path: 'm/b' }),
      'presigned_url',
    );
    expect((await fetch(url, { method: 'PUT', body: 'presigned' })).status).toBe(200);
    await app.bucket.put(`artifacts/team a/x/${runId}/artifacts/own.txt`, 'by the client itself');
    expectOk(await app.get('artifacts/list', { run_id: runId }), {
      root_uri: rootUri,
      files: [
        { path: 'm', is_dir: true },
        { path: 'own.txt', is_dir: false, file_size: 20 },
        { path: 'up.txt', is_dir: false, file_size: 2 },
      ],
    });
    expect((await app.call('GET', `/get-artifact?run_id=${runId}&path=own.txt`)).body).toBe('by the client itself');
    const link = await app.post('artifacts/presigned-download-url', { run_id: runId, path: 'm/b' });
    expect(await (await fetch(textAt(link, 'presigned_url'))).text()).toBe('presigned');
  });

  test('serves the files of its logged models', async () => {
    const experiment_id = await app.newExperiment({ artifact_location: `${OURS}/models` });
    const model_id = await app.newModel({ experiment_id });
    const url = textAt(
      await app.post('artifacts/presigned-upload-url', { model_id, path: 'MLmodel' }),
      'presigned_url',
    );
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
    const files = `${ajax}/logged-models/${model_id}/artifacts/files?artifact_file_path=MLmodel`;
    expect(await app.call('GET', files)).toMatchObject({ status: 200, body: 'x' });
    expect(await app.get(`logged-models/${model_id}/artifacts/directories`)).toMatchObject({
      body: { root_uri: `${OURS}/models/models/${model_id}/artifacts`, files: [{ path: 'MLmodel' }] },
    });
  });
});

describe('an experiment elsewhere', () => {
  test.each([
    's3://elsewhere/artifacts/x',
    `s3://${BUCKET}-evil/artifacts/x`,
    `s3://${BUCKET}.evil/artifacts/x`,
    `s3://${BUCKET}/segments/0`,
    `s3://${BUCKET}/artifacts-evil/x`,
    `s3://${BUCKET}/Artifacts/x`,
    `s3://${BUCKET}/x`,
    `s3://user@${BUCKET}/artifacts/x`,
    `s3://${BUCKET}:443/artifacts/x`,
    `gs://${BUCKET}/artifacts/x`,
    `wasbs://${BUCKET}/artifacts/x`,
    `s3://${BUCKET}/artifacts/./x`,
    'dbfs:/artifacts/x',
  ])('%s is not opened by any way', async (location) => {
    await app.bucket.put('segments/0/secret', 'secret');
    const runId = await runAt(location);
    const before = await app.bucket.keys();
    for (const way of Object.values(WAYS)) {
      expectInvalid(
        await way(runId),
        `The artifacts at '${location}/${runId}/artifacts' are not kept by this server; open that location directly.`,
      );
    }
    expect(await app.bucket.keys()).toEqual(before);
  });

  test.each([
    `${OURS}/../segments/x`,
    `${OURS}/%2e%2e/segments/x`,
    `${OURS}/a/../../segments`,
    `${OURS}/a//b`,
    `${OURS}/a#b`,
    `s3://${BUCKET}/../x`,
    'mlflow-artifacts:/x/../y',
  ])('%s cannot be made', async (artifact_location) => {
    expect((await app.post('experiments/create', { name: artifact_location, artifact_location })).status).toBe(400);
  });
});

test.each([
  [`${OURS}/../segments/x`, undefined],
  [`${OURS}/a/../b`, undefined],
  [`${OURS}/a/%2e%2e/b`, undefined],
  [`${OURS}/a//b`, undefined],
  [`${OURS}//a`, undefined],
  [`s3://${BUCKET}//artifacts/a`, undefined],
  [`s3:/${BUCKET}/artifacts/a`, undefined],
  [`s3:${BUCKET}/artifacts/a`, undefined],
  [OURS, undefined],
  ['mlflow-artifacts:/a/../../b', undefined],
  ['mlflow-artifacts://host/a', undefined],
  [`${OURS}/a/b+c%20d`, 'a/b+c%20d'],
  [`S3://${BUCKET}/artifacts/a`, 'a'],
  ['mlflow-artifacts:/a/b', 'a/b'],
  ['mlflow-artifacts:///a/b', 'a/b'],
])('%s stands for %j, whatever has got into the table', (uri, path) => {
  if (path === undefined) expect(() => proxiedPath(uri, OURS)).toThrow('not kept by this server');
  else expect(proxiedPath(uri, OURS)).toBe(path);
});
