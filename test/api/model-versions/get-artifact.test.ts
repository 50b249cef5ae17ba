import { describe, expect, test } from 'vitest';
import { type Query, queryString } from '../../support/test-app.ts';
import { expectInvalid, expectNotFound, NO_RUN } from '../expect-answer.ts';
import { noVersion, openRegistryApp } from '../registry-app.ts';

const app = await openRegistryApp();
const get = (query: Query, headers = {}) =>
  app.call('GET', `/model-versions/get-artifact${queryString(query)}`, undefined, headers);
const put = (path: string, body: string) => app.call('PUT', `/api/2.0/mlflow-artifacts/artifacts/0/${path}`, body, {});

const name = await app.newRegisteredModel();
const version = async (fields: Readonly<Record<string, unknown>>) => {
  const answer = await app.newVersion(name, fields);
  return String(Object(answer.body).model_version.version);
};

describe('200', () => {
  test('sends a file of a logged model, and of a copy of it', async () => {
    const modelId = await app.newModel();
    await put(`models/${modelId}/artifacts/sub/MLmodel`, 'flavors: {}');
    const number = await version({ source: `models:/${modelId}`, model_id: modelId });
    const copy = await version({ source: `models:/${name}/${number}` });
    for (const at of [number, copy]) {
      const answer = await get({ name, version: at, path: 'sub/MLmodel' });
      expect(answer).toMatchObject({ status: 200, body: 'flavors: {}' });
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename=MLmodel');
    }
    const part = await get({ name, version: number, path: 'sub/MLmodel' }, { range: 'bytes=0-2' });
    expect(part).toMatchObject({ status: 206, body: 'fla' });
  });

  test('sends a file of a run, however the source names it', async () => {
    const runId = await app.newRun();
    await put(`${runId}/artifacts/model/a.txt`, 'text');
    for (const source of [`runs:/${runId}/model`, `mlflow-artifacts:/0/${runId}/artifacts/model`]) {
      const number = await version({ source, run_id: runId });
      expect(await get({ name, version: number, path: 'a.txt' })).toMatchObject({ status: 200, body: 'text' });
    }
    const root = await version({ source: `runs:/${runId}`, run_id: runId });
    expect(await get({ name, version: root, path: 'model/a.txt' })).toMatchObject({ status: 200, body: 'text' });
  });

  test('sends a file of the logged model that a run’s path means', async () => {
    const runId = await app.newRun();
    const modelId = await app.newModel({ name: 'classifier', source_run_id: runId });
    await put(`models/${modelId}/artifacts/MLmodel`, 'flavors: {}');
    await app.post('runs/outputs', { run_id: runId, models: [{ model_id: modelId, step: 0 }] });
    const number = await version({ source: `runs:/${runId}/classifier`, run_id: runId });
    expect(await get({ name, version: number, path: 'MLmodel' })).toMatchObject({ status: 200, body: 'flavors: {}' });
  });
});

test('400', async () => {
  const bucket = await version({});
  expectInvalid(await get({ name, version: bucket }), "Missing value for required parameter 'path'.");
  expectInvalid(await get({ name, version: bucket, path: '../a' }), 'Invalid path');
  expectInvalid(await get({ name, path: 'a' }), "Parameter 'version' must be an integer, got ''.");
  expectInvalid(await get({ version: '1', path: 'a' }), "Missing value for required parameter 'name'.");
  expectInvalid(
    await get({ name, version: bucket, path: 'a' }),
    "The artifacts at 's3://bucket/model' are not kept by this server; open that location directly.",
  );
});

test('404', async () => {
  expectNotFound(await get({ name, version: '999', path: 'a' }), noVersion(name, 999));
  const ofNobody = await version({ source: `runs:/${NO_RUN}/m`, run_id: NO_RUN });
  expectNotFound(await get({ name, version: ofNobody, path: 'a' }), `Run with id=${NO_RUN} not found`);
  const runId = await app.newRun();
  const empty = await version({ source: `runs:/${runId}/m`, run_id: runId });
  expectNotFound(await get({ name, version: empty, path: 'a' }), `No such artifact: '0/${runId}/artifacts/m/a'`);
});
