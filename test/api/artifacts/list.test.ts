import { describe, expect, test } from 'vitest';
import { HOSTILE_VALUES } from '../../support/hostile-paths.ts';
import { openTestApp, type Query, textAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, NO_RUN } from '../expect-answer.ts';

const app = await openTestApp();
const list = (query: Query) => app.get('artifacts/list', query);

/** A run with files at these paths, each holding its own path. */
async function runWithFiles(...paths: readonly string[]) {
  const runId = await app.newRun();
  const rootUri = textAt(await app.get('runs/get', { run_id: runId }), 'run', 'info', 'artifact_uri');
  const root = `/api/2.0/mlflow-artifacts/artifacts/${rootUri.slice('mlflow-artifacts:/'.length)}`;
  for (const path of paths) {
    const answer = await app.call('PUT', `${root}/${path.split('/').map(encodeURIComponent).join('/')}`, path, {});
    expect(answer.status).toBe(200);
  }
  return { runId, rootUri };
}

const file = (path: string) => ({ path, is_dir: false, file_size: Buffer.byteLength(path) });
const folder = (path: string) => ({ path, is_dir: true });

describe('200', () => {
  test('lists one level, sorted, with paths from the root of the run', async () => {
    const { runId, rootUri } = await runWithFiles('b.txt', 'model/MLmodel', 'model/data/x.bin', 'a.txt', 'model-2/y');
    expectOk(await list({ run_id: runId }), {
      root_uri: rootUri,
      files: [file('a.txt'), file('b.txt'), folder('model'), folder('model-2')],
    });
    const inModel = { root_uri: rootUri, files: [file('model/MLmodel'), folder('model/data')] };
    for (const path of ['model', 'model/', './model', 'model/.']) {
      expectOk(await list({ run_id: runId, path }), inModel);
    }
    expectOk(await list({ run_uuid: runId, path: 'model/data' }), {
      root_uri: rootUri,
      files: [file('model/data/x.bin')],
    });
  });

  test('a file, a folder that is not there, and an empty run have no files', async () => {
    const { runId, rootUri } = await runWithFiles('model/MLmodel');
    expectOk(await list({ run_id: runId, path: 'model/MLmodel' }), { root_uri: rootUri });
    expectOk(await list({ run_id: runId, path: 'nothing' }), { root_uri: rootUri });
    const empty = await runWithFiles();
    for (const path of [undefined, '', '.', './']) {
      expectOk(await list({ run_id: empty.runId, path }), { root_uri: empty.rootUri });
    }
  });

  test('names keep blanks, pluses, percent signs and any script', async () => {
    const names = ['+plus+.png', '100%', 'a b.txt', 'a%2Fb', 'a%b', 'é漢😀.txt'];
    const { runId, rootUri } = await runWithFiles(...names);
    const sorted = names.toSorted((a, b) => (a < b ? -1 : 1));
    expectOk(await list({ run_id: runId }), { root_uri: rootUri, files: sorted.map(file) });
  });

  test('an empty file has no size', async () => {
    const { runId, rootUri } = await runWithFiles();
    const path = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/empty`;
    expect((await app.call('PUT', path, undefined, {})).status).toBe(200);
    expectOk(await list({ run_id: runId }), { root_uri: rootUri, files: [{ path: 'empty', is_dir: false }] });
  });

  test('a deleted run shows its files still', async () => {
    const { runId } = await runWithFiles('a.txt');
    expectOk(await app.post('runs/delete', { run_id: runId }));
    expect((await list({ run_id: runId })).status).toBe(200);
  });
});

describe('400', () => {
  test('the id is missing', async () => {
    expectMissing(await list({ path: 'a' }), 'run_id');
  });

  test.each(HOSTILE_VALUES)('the path is %j', async (path) => {
    expectInvalid(await list({ run_id: NO_RUN, path }), 'Invalid path');
  });

  test('the files are kept elsewhere', async () => {
    const experimentId = await app.newExperiment({ artifact_location: 's3://elsewhere/x' });
    const runId = await app.newRun({ experiment_id: experimentId });
    expectInvalid(
      await list({ run_id: runId }),
      `The artifacts at 's3://elsewhere/x/${runId}/artifacts' are not kept by this server; open that location directly.`,
    );
  });
});

describe('404', () => {
  test('there is no such run', async () => {
    expectNotFound(await list({ run_id: NO_RUN }), `Run with id=${NO_RUN} not found`);
  });
});
