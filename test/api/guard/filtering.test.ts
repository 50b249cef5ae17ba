import { describe, expect, test } from 'vitest';
import { bearer, openGuardedApp } from '../../support/guarded-app.ts';
import { column, type Query, textAt, valueAt } from '../../support/test-app.ts';

const app = await openGuardedApp('NO_PERMISSIONS');
const alice = await app.newUser('alice');
const bob = await app.newUser('bob');

/** Experiments of both in turns, so that what is left out lies between what is shown. */
const owned: Record<'alice' | 'bob', string[]> = { alice: [], bob: [] };
for (let round = 0; round < 6; round += 1) {
  for (const [name, client] of [
    ['alice', alice],
    ['bob', bob],
  ] as const) {
    const id = await client.newExperiment({ name: `${name} ${round}` });
    owned[name].push(id);
    await client.newRun({ experiment_id: id, start_time: round });
    await client.newModel({ experiment_id: id, name: `${name}-${round}` });
    await client.post('registered-models/create', { name: `${name} model ${round}` });
    await client.post('model-versions/create', { name: `${name} model ${round}`, source: 's3://b/m' });
  }
}
const promptTags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
await alice.post('registered-models/create', { name: 'alice prompt', tags: promptTags });
await bob.post('registered-models/create', { name: 'bob prompt', tags: promptTags });
const ownModels = (name: string) => [0, 1, 2, 3, 4, 5].map((round) => `${name} model ${round}`);
const everyExperiment = [...owned.alice, ...owned.bob];

/** All pages of a search, and how full each was. */
async function pagesOf(client: typeof alice, operation: string, body: object, list: string, ...path: string[]) {
  const pages: unknown[][] = [];
  let token: unknown;
  do {
    const answer = await client.post(operation, { ...body, page_token: token });
    expect(answer.status).toBe(200);
    pages.push([...column(answer, [list], ...path)]);
    token = valueAt(answer, 'next_page_token');
  } while (token !== undefined);
  return pages;
}

/** The names on all pages of a search of the registry. */
async function namesOf(client: typeof alice, operation: string, query: Query, list: string) {
  const pages: unknown[][] = [];
  let token: string | undefined;
  do {
    const answer = await client.get(operation, { ...query, page_token: token });
    expect(answer.status).toBe(200);
    pages.push([...column(answer, [list], 'name')]);
    const next = valueAt(answer, 'next_page_token');
    token = typeof next === 'string' ? next : undefined;
  } while (token !== undefined);
  return pages;
}

describe('a search shows what its caller may read, in full pages', () => {
  test('of experiments', async () => {
    const pages = await pagesOf(alice, 'experiments/search', { max_results: 4 }, 'experiments', 'experiment_id');
    expect(pages.map(({ length }) => length)).toEqual([4, 2]);
    expect(new Set(pages.flat())).toEqual(new Set(owned.alice));
  });

  test('of experiments by a name that is another’s', async () => {
    const answer = await alice.post('experiments/search', { max_results: 4, filter: "name = 'bob 1'" });
    expect(answer.body).toEqual({});
  });

  test('of runs over several experiments', async () => {
    const body = { experiment_ids: everyExperiment, max_results: 4 };
    const pages = await pagesOf(alice, 'runs/search', body, 'runs', 'info', 'experiment_id');
    expect(pages.map(({ length }) => length)).toEqual([4, 2]);
    expect(new Set(pages.flat())).toEqual(new Set(owned.alice));
  });

  test('of logged models', async () => {
    const body = { experiment_ids: everyExperiment, max_results: 4 };
    const pages = await pagesOf(alice, 'logged-models/search', body, 'models', 'info', 'experiment_id');
    expect(pages.map(({ length }) => length)).toEqual([4, 2]);
    expect(new Set(pages.flat())).toEqual(new Set(owned.alice));
  });

  test('of registered models and prompts', async () => {
    const found = await namesOf(alice, 'registered-models/search', { max_results: 4 }, 'registered_models');
    expect(found.map(({ length }) => length)).toEqual([4, 2]);
    expect(new Set(found.flat())).toEqual(new Set(ownModels('alice')));
    const prompts = { max_results: 4, filter: "tags.`mlflow.prompt.is_prompt` = 'true'" };
    expect(await namesOf(alice, 'registered-models/search', prompts, 'registered_models')).toEqual([['alice prompt']]);
    const asked = { filter: "name = 'bob model 1'" };
    expect((await alice.get('registered-models/search', asked)).body).toEqual({});
  });

  test('of model versions', async () => {
    const found = await namesOf(alice, 'model-versions/search', { max_results: 4 }, 'model_versions');
    expect(found.map(({ length }) => length)).toEqual([4, 2]);
    expect(new Set(found.flat())).toEqual(new Set(ownModels('alice')));
    const asked = { filter: "name = 'bob model 1'" };
    expect((await alice.get('model-versions/search', asked)).body).toEqual({});
  });

  test('of registered models to a token that is limited to experiments: none', async () => {
    const token = await app.newToken(alice, 'MANAGE', { experiment_ids: [owned.alice[0]] });
    const limited = app.as(bearer(token));
    expect((await limited.get('registered-models/search')).body).toEqual({});
    expect((await limited.get('model-versions/search')).body).toEqual({});
  });

  test('of registered models to a token that is limited to one: that one', async () => {
    const [first = ''] = ownModels('alice');
    const token = await app.newToken(alice, 'READ', { registered_models: [first, 'bob model 1'] });
    const limited = app.as(bearer(token));
    expect(await namesOf(limited, 'registered-models/search', { max_results: 50 }, 'registered_models')).toEqual([
      [first],
    ]);
    const found = await pagesOf(limited, 'experiments/search', { max_results: 50 }, 'experiments', 'experiment_id');
    expect(found.flat()).toEqual([]);
  });

  test('and all of it to an admin', async () => {
    const body = { experiment_ids: everyExperiment, max_results: 50 };
    expect((await pagesOf(app.admin, 'runs/search', body, 'runs', 'info', 'run_id')).flat()).toHaveLength(12);
  });

  test('and to a limited token its experiments', async () => {
    const [first = ''] = owned.alice;
    const token = await app.newToken(alice, 'MANAGE', { experiment_ids: [first] });
    const limited = app.as(bearer(token));
    const found = await pagesOf(limited, 'experiments/search', { max_results: 50 }, 'experiments', 'experiment_id');
    expect(found.flat()).toEqual([first]);
  });
});

test('a page token of another caller shows nothing of theirs', async () => {
  const theirs = await bob.post('experiments/search', { max_results: 2 });
  const token = textAt(theirs, 'next_page_token');
  const answer = await alice.post('experiments/search', { max_results: 50, page_token: token });
  const shown = column(answer, ['experiments'], 'experiment_id');
  expect(shown.every((id) => owned.alice.includes(String(id)))).toBe(true);
});

test('a page token goes on where a permission was taken away', async () => {
  const carol = await app.newUser('carol');
  for (const id of owned.bob) await app.grant('carol', 'experiment', id, 'READ');
  const first = await carol.post('experiments/search', { max_results: 2, order_by: ['name ASC'] });
  const [, , third = ''] = owned.bob;
  const revoked = { username: 'carol', resource_type: 'experiment', resource_id: third };
  await app.admin.call('POST', '/api/3.0/mlflow/users/permissions/revoke', revoked);
  const next = { max_results: 2, order_by: ['name ASC'], page_token: textAt(first, 'next_page_token') };
  expect(column(await carol.post('experiments/search', next), ['experiments'], 'name')).toEqual(['bob 3', 'bob 4']);
});

describe('what names several experiments is refused as a whole when one of them may not be read', () => {
  const runsOf = async (client: typeof alice, ids: readonly string[]) =>
    column(await client.post('runs/search', { experiment_ids: ids }), ['runs'], 'info', 'run_id').map(String);

  test('metric histories', async () => {
    const own = await runsOf(alice, owned.alice);
    const both = [...own, ...(await runsOf(bob, owned.bob))];
    for (const [ids, status] of [
      [own, 200],
      [both, 403],
    ] as const) {
      const query = { run_ids: ids, metric_key: 'm' };
      expect((await alice.get('metrics/get-history-bulk-interval', query)).status).toBe(status);
    }
  });

  test('datasets', async () => {
    const call = (ids: readonly (string | undefined)[]) =>
      alice.call('POST', '/ajax-api/2.0/mlflow/experiments/search-datasets', { experiment_ids: ids });
    expect((await call(owned.alice)).status).toBe(200);
    expect((await call([owned.alice[0], owned.bob[0]])).status).toBe(403);
  });
});

describe('what was granted on a registered model', () => {
  const statusOf = async (client: typeof alice, name: string) =>
    (await client.get('registered-models/get', { name })).status;

  test('is its maker’s at first, moves along when it is renamed, and ends with it', async () => {
    const dave = await app.newUser('dave');
    await alice.post('registered-models/create', { name: 'first name' });
    expect(await statusOf(bob, 'first name')).toBe(403);
    await app.grant('dave', 'registered_model', 'first name', 'READ');
    await app.grant('bob', 'registered_model', 'second name', 'MANAGE');
    await alice.post('registered-models/rename', { name: 'first name', new_name: 'second name' });
    expect(await statusOf(dave, 'second name')).toBe(200);
    expect(await statusOf(dave, 'first name')).toBe(403);
    expect(await statusOf(bob, 'second name')).toBe(403);
    const deleted = await alice.call('DELETE', '/api/2.0/mlflow/registered-models/delete', { name: 'second name' });
    expect(deleted.status).toBe(200);
    await bob.post('registered-models/create', { name: 'second name' });
    expect(await statusOf(bob, 'second name')).toBe(200);
    expect(await statusOf(alice, 'second name')).toBe(403);
    expect(await statusOf(dave, 'second name')).toBe(403);
  });
});

describe('nobody reaches another’s experiment by a detour', () => {
  test('through the name of a file that is uploaded in parts', async () => {
    const [theirs = ''] = owned.bob;
    for (const [folder, path] of [
      [`/${theirs}`, 'a'],
      [`/${owned.alice[0]}%2F..%2F${theirs}`, 'a'],
      [`/.%2F${theirs}`, 'a'],
      ['', theirs],
    ]) {
      const create = `/api/2.0/mlflow-artifacts/mpu/create${folder}`;
      const answer = await alice.call('POST', create, { path, num_parts: 1 });
      expect([400, 403], `${folder} ${path}`).toContain(answer.status);
    }
    const own = `/api/2.0/mlflow-artifacts/mpu/create/${owned.alice[0]}`;
    expect((await alice.call('POST', own, { path: `/${theirs}/a`, num_parts: 1 })).status).toBe(200);
  });

  test('through an artifact location within its folder', async () => {
    const [theirs = ''] = owned.bob;
    for (const location of [`mlflow-artifacts:/${theirs}/x`, `mlflow-artifacts:/./${theirs}`, 'mlflow-artifacts:/']) {
      const answer = await alice.post('experiments/create', { name: location, artifact_location: location });
      expect(answer.status, location).not.toBe(200);
    }
  });

  test('through a metric that names its logged model', async () => {
    const model = await bob.newModel({ experiment_id: owned.bob[0] });
    const run = await alice.newRun({ experiment_id: owned.alice[0] });
    const metric = { key: 'm', value: 1, timestamp: 1, model_id: model };
    expect((await alice.post('runs/log-metric', { run_id: run, ...metric })).status).toBe(403);
    expect((await alice.post('runs/log-batch', { run_id: run, metrics: [metric] })).status).toBe(403);
    expect((await bob.get(`logged-models/${model}`)).body).not.toHaveProperty('model.data.metrics');
  });

  test('through another spelling of its id', async () => {
    const [theirs = ''] = owned.bob;
    for (const spelling of [` ${theirs} `, `+${theirs}`, `0${theirs}`]) {
      expect((await alice.get('experiments/get', { experiment_id: spelling })).status, spelling).toBe(403);
    }
    const twice = { experimentId: theirs, experiment_id: owned.alice[0], new_name: 'mine' };
    expect((await alice.post('experiments/update', twice)).status).toBe(400);
    expect((await alice.post('experiments/update', { experimentId: theirs, new_name: 'mine' })).status).toBe(403);
  });

  test('through the other name of a run', async () => {
    const run = await bob.newRun({ experiment_id: owned.bob[0] });
    expect((await alice.get('runs/get', { run_uuid: run })).status).toBe(403);
    const own = await alice.newRun({ experiment_id: owned.alice[0] });
    const answer = await alice.get('runs/get', { run_uuid: run, run_id: own });
    expect(valueAt(answer, 'run', 'info', 'run_id')).toBe(own);
  });

  test('through a slash or an encoded one', async () => {
    const [theirs = ''] = owned.bob;
    const run = await bob.newRun({ experiment_id: theirs });
    await bob.call('PUT', `/api/2.0/mlflow-artifacts/artifacts/${theirs}/${run}/artifacts/a.txt`, 'secret', {});
    for (const path of [
      `/api/2.0/mlflow-artifacts/artifacts/${theirs}%2F${run}%2Fartifacts%2Fa.txt`,
      `/api/2.0/mlflow-artifacts/artifacts/./${theirs}/${run}/artifacts/a.txt`,
      `//api/2.0/mlflow-artifacts/artifacts/${theirs}/${run}/artifacts/a.txt`,
      `/api/2.0/mlflow%2Dartifacts/artifacts/${theirs}/${run}/artifacts/a.txt`,
      `/api/2.0/mlflow-artifacts/artifacts/${owned.alice[0]}/../${theirs}/${run}/artifacts/a.txt`,
    ]) {
      const answer = await alice.call('GET', path, undefined, {});
      expect(answer.status, path).not.toBe(200);
      expect(answer.body, path).not.toBe('secret');
    }
  });

  test('through the listing of the artifact root', async () => {
    const answer = await alice.call('GET', '/api/2.0/mlflow-artifacts/artifacts', undefined, {});
    const shown = column(answer, ['files'], 'path').map(String);
    expect(shown.filter((name) => owned.bob.includes(name))).toEqual([]);
  });
});
