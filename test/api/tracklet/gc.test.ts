import { describe, expect, test } from 'vitest';
import { MAX_COLLECTED_IDS } from '../../../functions/domain/limits.ts';
import { type Answer, column, listAt, openTestApp, uniqueName, valueAt } from '../../support/test-app.ts';

const app = await openTestApp();

const collect = (body: object = {}): Promise<Answer> => app.call('POST', '/api/2.0/tracklet/gc', body);
const removed = (answer: Answer, kind: string) => listAt(answer, 'report', kind, 'removed');

const putFile = (path: string, content = 'hello') =>
  app.call('PUT', `/api/2.0/mlflow-artifacts/artifacts/${path}`, content, {});
const filesIn = async (runId: string, experimentId = '0') =>
  listAt(await app.call('GET', `/api/2.0/mlflow-artifacts/artifacts?path=${experimentId}/${runId}/artifacts`), 'files');

/** A deleted run with two files. */
async function deletedRun(experimentId = '0'): Promise<string> {
  const run_id = await app.newRun({ experiment_id: experimentId });
  await app.post('runs/log-metric', { run_id, key: 'loss', value: 1, timestamp: 1 });
  await putFile(`${experimentId}/${run_id}/artifacts/a.txt`);
  await putFile(`${experimentId}/${run_id}/artifacts/model/MLmodel`);
  await app.post('runs/delete', { run_id });
  return run_id;
}

async function deletedModel(experimentId = '0'): Promise<string> {
  const model_id = await app.newModel({ experiment_id: experimentId });
  await putFile(`${experimentId}/models/${model_id}/artifacts/MLmodel`);
  await app.call('DELETE', `/api/2.0/mlflow/logged-models/${model_id}`);
  return model_id;
}

const refusal = (answer: Answer) => [answer.status, valueAt(answer, 'error_code'), valueAt(answer, 'message')];

describe('200', () => {
  test('keeps what a version of a registered model was made from, until the version is gone', async () => {
    const name = uniqueName('registered');
    await app.post('registered-models/create', { name });
    const run_id = await app.newRun();
    await putFile(`0/${run_id}/artifacts/model/MLmodel`);
    const source = `mlflow-artifacts:/0/${run_id}/artifacts/model`;
    await app.post('model-versions/create', { name, source, run_id });
    const model_id = await app.newModel();
    await app.post('model-versions/create', { name, source: `models:/${model_id}`, model_id });
    await app.post('runs/delete', { run_id });
    await app.call('DELETE', `/api/2.0/mlflow/logged-models/${model_id}`);

    const answer = await collect();
    expect(removed(answer, 'runs')).not.toContain(run_id);
    expect(removed(answer, 'logged_models')).not.toContain(model_id);
    const reasonOf = (kind: string, id: string) => {
      const kept = listAt(answer, 'report', kind, 'kept').find((thing) => Object(thing).id === id);
      return Object(kept).reason;
    };
    expect(reasonOf('runs', run_id)).toContain(`version 1 of registered model '${name}'`);
    expect(reasonOf('logged_models', model_id)).toContain(`version 2 of registered model '${name}'`);
    expect(await filesIn(run_id)).not.toEqual([]);

    await app.call('DELETE', '/api/2.0/mlflow/model-versions/delete', { name, version: '1' });
    const again = await collect();
    expect(removed(again, 'runs')).toEqual([run_id]);
    expect(removed(again, 'logged_models')).toEqual([]);
    expect(await filesIn(run_id)).toEqual([]);

    await app.call('DELETE', '/api/2.0/mlflow/registered-models/delete', { name });
    expect(removed(await collect(), 'logged_models')).toEqual([model_id]);
  });

  test('removes what was deleted, with its files, and nothing else', async () => {
    const live = await app.newRun();
    await putFile(`0/${live}/artifacts/a.txt`);
    const run = await deletedRun();
    const model = await deletedModel();
    const name = uniqueName('experiment');
    const experiment_id = await app.newExperiment({ name });
    const inside = [await app.newRun({ experiment_id }), await deletedRun(experiment_id)];
    const modelInside = await app.newModel({ experiment_id });
    await putFile(`${experiment_id}/${inside[0]}/artifacts/b.txt`);
    await app.post('experiments/delete', { experiment_id });

    const dry = await collect({ dry_run: true });
    const answer = await collect();
    for (const [what, one] of [
      ['dry', dry],
      ['real', answer],
    ] as const) {
      expect([what, one.status, valueAt(one, 'dry_run'), valueAt(one, 'is_complete')]).toEqual([
        what,
        200,
        what === 'dry',
        true,
      ]);
      expect(removed(one, 'runs').toSorted()).toEqual([run, ...inside].toSorted());
      expect(removed(one, 'logged_models').toSorted()).toEqual([model, modelInside].toSorted());
      expect(removed(one, 'experiments')).toEqual([experiment_id]);
      expect(valueAt(one, 'report', 'runs')).toMatchObject({ found: 3, kept: [], failed: [], objects: 5, bytes: 25 });
      expect(valueAt(one, 'report', 'logged_models')).toMatchObject({ found: 2, objects: 1, bytes: 5 });
      expect(valueAt(one, 'report', 'uploads')).toEqual({ found: 0, aborted: 0, failed: [] });
      expect(valueAt(one, 'next_page_token')).toBeUndefined();
    }
    expect((await app.get('runs/get', { run_id: live })).status).toBe(200);
    expect(await filesIn(live)).toHaveLength(1);
    expect(await filesIn(run)).toEqual([]);
    for (const run_id of [run, ...inside]) {
      expect((await app.get('runs/get', { run_id })).status).toBe(404);
      expect(refusal(await app.post('runs/restore', { run_id }))).toEqual([
        404,
        'RESOURCE_DOES_NOT_EXIST',
        `Run with id=${run_id} not found`,
      ]);
    }
    expect((await app.get(`logged-models/${model}`, { allow_deleted: 'true' })).status).toBe(404);
    expect((await app.get('experiments/get', { experiment_id })).status).toBe(404);
    expect((await app.post('experiments/restore', { experiment_id })).status).toBe(404);
    expect((await app.post('experiments/create', { name })).status).toBe(200);
    const found = await app.post('runs/search', { experiment_ids: ['0', experiment_id], run_view_type: 'ALL' });
    expect(column(found, ['runs'], 'info', 'run_id')).toEqual([live]);
    expect(removed(await collect(), 'runs')).toEqual([]);
  });

  test('removes what is named and leaves other deleted things alone', async () => {
    const [a, b, model] = [await deletedRun(), await deletedRun(), await deletedModel()];
    const experiment_id = await app.newExperiment();
    await app.post('experiments/delete', { experiment_id });
    expect(removed(await collect({ run_ids: [a, a] }), 'runs')).toEqual([a]);
    expect(removed(await collect({ logged_model_ids: [model] }), 'logged_models')).toEqual([model]);
    expect(removed(await collect({ experiment_ids: [experiment_id] }), 'experiments')).toEqual([experiment_id]);
    expect(valueAt(await app.get('runs/get', { run_id: b }), 'run', 'info', 'lifecycle_stage')).toBe('deleted');
    expect(await filesIn(b)).toHaveLength(2);
  });

  test('removes what is older than it is told', async () => {
    await collect();
    const run = await deletedRun();
    const model = await deletedModel();
    const experiment_id = await app.newExperiment();
    await app.post('experiments/delete', { experiment_id });
    const young = await collect({ older_than_ms: 3_600_000 });
    const kinds = ['runs', 'logged_models', 'experiments'];
    expect(kinds.map((kind) => removed(young, kind))).toEqual([[], [], []]);
    const old = await collect({ older_than_ms: '1' });
    expect(kinds.map((kind) => removed(old, kind))).toEqual([[run], [model], [experiment_id]]);
  });

  test('tells of files that lie elsewhere and removes the run all the same', async () => {
    const experiment_id = await app.newExperiment({ artifact_location: 's3://foreign/there' });
    const run_id = await deletedRun(experiment_id);
    const answer = await collect({ run_ids: [run_id] });
    expect(removed(answer, 'runs')).toEqual([run_id]);
    expect(valueAt(answer, 'report', 'runs', 'left_files')).toEqual([
      {
        id: run_id,
        uri: `s3://foreign/there/${run_id}/artifacts`,
        reason: expect.stringContaining('not kept by this server'),
      },
    ]);
    expect(valueAt(answer, 'report', 'runs', 'objects')).toBe(0);
  });
});

describe('400', () => {
  test.each([
    ['older_than_ms', { older_than_ms: -1 }],
    ['run_ids', { run_ids: 'x' }],
    ['an experiment id', { experiment_ids: ['x'] }],
    ['a page token', { page_token: 'x' }],
    ['too many ids', { run_ids: Array.from({ length: MAX_COLLECTED_IDS + 1 }, (_, at) => String(at)) }],
  ])('refuses a wrong %s', async (_, body) => {
    expect((await collect(body)).status).toBe(400);
  });

  test('refuses what is not deleted, in MLflow’s words, and removes nothing of what else is named', async () => {
    const deleted = await deletedRun();
    const [run, model, experiment_id] = [await app.newRun(), await app.newModel(), await app.newExperiment()];
    expect(refusal(await collect({ run_ids: [deleted, run] }))).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      `Run ${run} is not in \`deleted\` lifecycle stage. Only runs in \`deleted\` lifecycle stage can be deleted.`,
    ]);
    expect(refusal(await collect({ run_ids: [deleted], logged_model_ids: [model] }))).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      `Logged model ${model} is not in \`deleted\` lifecycle stage. Only logged models in \`deleted\` lifecycle stage can be deleted.`,
    ]);
    expect(refusal(await collect({ run_ids: [deleted], experiment_ids: [experiment_id, '0'] }))).toEqual([
      400,
      'INVALID_PARAMETER_VALUE',
      `Experiments ['${experiment_id}', '0'] are not in the deleted lifecycle stage. Only experiments in the deleted lifecycle stage can be hard-deleted.`,
    ]);
    expect(await filesIn(deleted)).toHaveLength(2);
  });

  test('refuses what is not old enough, and says how old it must be', async () => {
    const [run, model, experiment_id] = [await deletedRun(), await deletedModel(), await app.newExperiment()];
    await app.post('experiments/delete', { experiment_id });
    const older_than_ms = 30 * 86_400_000;
    expect(refusal(await collect({ older_than_ms, run_ids: [run] }))[2]).toBe(
      `Run ${run} is not older than the required age. Only runs older than 30d can be deleted.`,
    );
    expect(refusal(await collect({ older_than_ms, logged_model_ids: [model] }))[2]).toBe(
      `Logged model ${model} is not older than the required age. Only logged models older than 30d can be deleted.`,
    );
    expect(refusal(await collect({ older_than_ms, experiment_ids: [experiment_id] }))[2]).toBe(
      `Experiments ['${experiment_id}'] are not older than the required age. Only experiments older than 30d can be deleted.`,
    );
  });
});

describe('404', () => {
  test('refuses what is not there', async () => {
    expect(refusal(await collect({ run_ids: ['x'] }))).toEqual([
      404,
      'RESOURCE_DOES_NOT_EXIST',
      'Run with id=x not found',
    ]);
    expect(refusal(await collect({ experiment_ids: ['999'] }))).toEqual([
      404,
      'RESOURCE_DOES_NOT_EXIST',
      'No Experiment with id=999 exists',
    ]);
    expect(refusal(await collect({ logged_model_ids: ['m-x'] }))).toEqual([
      404,
      'RESOURCE_DOES_NOT_EXIST',
      "Logged model with ID 'm-x' not found.",
    ]);
  });
});
