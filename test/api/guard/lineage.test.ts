import { describe, expect, test } from 'vitest';
import { bearer, openGuardedApp } from '../../support/guarded-app.ts';
import { column, type Query, queryString, textAt } from '../../support/test-app.ts';

const app = await openGuardedApp('NO_PERMISSIONS');
const { admin } = app;

/** dataset > run | > logged model, of another experiment | > version > alias: what stands between the bars is granted apart. */
const runs = await admin.newExperiment({ name: 'runs' });
const models = await admin.newExperiment({ name: 'models' });
const run = await admin.newRun({ experiment_id: runs });
const dataset = { name: 'd', digest: 'x', source_type: 'local', source: '{}' };
await admin.post('runs/log-inputs', { run_id: run, datasets: [{ dataset, tags: [] }] });
const model = await admin.newModel({ experiment_id: models, source_run_id: run });
await admin.post('runs/outputs', { run_id: run, models: [{ model_id: model, step: '0' }] });
const name = 'the model';
await admin.post('registered-models/create', { name });
await admin.post('model-versions/create', { name, source: `models:/${model}`, model_id: model });
await admin.post('registered-models/alias', { name, alias: 'champion', version: '1' });

const ids = {
  dataset: `dataset:${runs}:d:x`,
  run: `run:${run}`,
  model: `logged_model:${model}`,
  version: 'model_version:the%20model:1',
  alias: 'alias:the%20model:champion',
};
const QUESTIONS: Readonly<Record<keyof typeof ids, Query>> = {
  dataset: { experiment_id: runs, dataset_name: 'd', dataset_digest: 'x' },
  run: { run_id: run },
  model: { model_id: model },
  version: { name, version: '1' },
  alias: { name, alias: 'champion' },
};

const ask = (client: typeof admin, query: Query) =>
  client.call('GET', `/api/2.0/tracklet/lineage${queryString(query)}`);

/** What somebody is shown who asks about one thing: what it leads to, or the status of the refusal. */
async function shown(client: typeof admin, query: Query): Promise<unknown> {
  const answer = await ask(client, query);
  return answer.status === 200 ? column(answer, ['nodes'], 'node_id').toSorted() : answer.status;
}

const reader = async (username: string, grants: readonly (readonly [type: string, id: string])[]) => {
  const client = await app.newUser(username);
  for (const [type, id] of grants) await app.grant(username, type, id, 'READ');
  return client;
};
const answersTo = async (client: typeof admin) =>
  Object.fromEntries(
    await Promise.all(Object.entries(QUESTIONS).map(async ([kind, query]) => [kind, await shown(client, query)])),
  );

const ofRuns = [ids.dataset, ids.run].toSorted();
const ofRegistry = [ids.alias, ids.version].toSorted();

describe('the lineage shows what its caller may read', () => {
  test('all of it to an admin', async () => {
    const all = Object.values(ids).toSorted();
    const answers = { dataset: all, run: all, model: all, version: all, alias: all };
    expect(await answersTo(admin)).toEqual(answers);
  });

  test('nothing to who may read nothing', async () => {
    const answers = { dataset: 403, run: 403, model: 403, version: 403, alias: 403 };
    expect(await answersTo(await reader('nobody', []))).toEqual(answers);
  });

  test('its first part, and no trace of the others', async () => {
    const client = await reader('of runs', [['experiment', runs]]);
    expect(await answersTo(client)).toEqual({ dataset: ofRuns, run: ofRuns, model: 403, version: 403, alias: 403 });
    const text = JSON.stringify((await ask(client, QUESTIONS.dataset)).body);
    for (const hidden of [model, 'the model', 'the%20model', 'champion']) expect(text).not.toContain(hidden);
    expect((await ask(client, { ...QUESTIONS.dataset, max_nodes: 2 })).body).toMatchObject({ is_truncated: false });
  });

  test('its middle alone', async () => {
    const client = await reader('of models', [['experiment', models]]);
    expect(await answersTo(client)).toEqual({ dataset: 403, run: 403, model: [ids.model], version: 403, alias: 403 });
    expect(column(await ask(client, QUESTIONS.model), ['edges'], 'from')).toEqual([]);
  });

  test('its end alone', async () => {
    const client = await reader('of the registry', [['registered_model', name]]);
    const answers = { dataset: 403, run: 403, model: 403, version: ofRegistry, alias: ofRegistry };
    expect(await answersTo(client)).toEqual(answers);
  });

  test('nothing that lies behind what is hidden', async () => {
    const client = await reader('of both ends', [
      ['experiment', runs],
      ['registered_model', name],
    ]);
    const answers = { dataset: ofRuns, run: ofRuns, model: 403, version: ofRegistry, alias: ofRegistry };
    expect(await answersTo(client)).toEqual(answers);
  });

  test('to a limited token its experiment', async () => {
    const limited = app.as(bearer(await app.newToken(admin, 'READ', { experiment_ids: [runs] })));
    expect(await answersTo(limited)).toEqual({ dataset: ofRuns, run: ofRuns, model: 403, version: 403, alias: 403 });
  });
});

test('a refusal does not tell whether there is such a thing', async () => {
  const client = await reader('curious', []);
  for (const query of [
    { name: 'no such model', version: '1' },
    { name: 'no such model', alias: 'a' },
    { experiment_id: '999', dataset_name: 'd', dataset_digest: 'x' },
  ]) {
    expect((await ask(client, query)).status).toBe(403);
  }
  expect(textAt(await ask(admin, { name: 'no such model', version: '1' }), 'error_code')).toBe(
    'RESOURCE_DOES_NOT_EXIST',
  );
});
