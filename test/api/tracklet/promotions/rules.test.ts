import { describe, expect, test } from 'vitest';
import { listAt, textAt, valueAt } from '../../../support/test-app.ts';
import { expectError, expectInvalid, expectMissing, expectNotFound, expectOk } from '../../expect-answer.ts';
import { noModel, noVersion, openRegistryApp } from '../../registry-app.ts';
import { beforeProduction, promotionsOf } from './promotion-calls.ts';

const app = await openRegistryApp();
const calls = promotionsOf(app);
const NO_ID = `${'0'.repeat(20)}-${'0'.repeat(32)}`;

/** A model with versions 1 and 2. */
async function newModel(): Promise<string> {
  const name = await app.newRegisteredModel();
  for (const _ of [1, 2]) await app.newVersion(name);
  return name;
}

/** What a check says of each demand. */
const demandsOf = async (name: string, version: string) =>
  listAt(await calls.check(name, version), 'demands').map((demand) => {
    const { met, message } = demand as { met: boolean; message: string };
    return `${met}: ${message}`;
  });

describe('a policy', () => {
  test('is set, read, listed, replaced and deleted, and stays with its model when that is renamed', async () => {
    const name = await newModel();
    const rule = {
      stages: ['Production'],
      aliases: ['champion'],
      metrics: [{ key: 'auc', comparator: '>=', value: 0.9 }],
      tags: [{ key: 'validated', value: 'yes' }, { key: 'owner' }],
      needs_signature: true,
      needs_description: false,
      approvals: { count: 2, users: ['ann'], roles: [] },
    };
    const set = await calls.setPolicy(name, [{ ...rule, stages: ['production'] }], { protected_aliases: ['blue'] });
    const policy = valueAt(set, 'policy');
    expect(policy).toMatchObject({ name, is_default: false, rules: [rule], protected_aliases: ['blue'] });
    expectOk(await calls.ask('policy', { name }), { policy });
    expect(listAt(await calls.ask('policies'), 'policies')).toContainEqual(policy);
    expect(listAt(await calls.ask('policies', { name }), 'policies')).toEqual([policy]);
    expect(listAt(await calls.ask('policies', { name: `${name} or none` }), 'policies')).toEqual([]);
    const renamed = `${name} renamed`;
    await app.post('registered-models/rename', { name, new_name: renamed });
    expect(valueAt(await calls.ask('policy', { name: renamed }), 'policy')).toEqual({
      ...(policy as object),
      name: renamed,
    });
    expectOk(await calls.dropPolicy(renamed));
    const none = `There is no promotion policy of registered model '${renamed}'.`;
    expectNotFound(await calls.dropPolicy(renamed), none);
    expectNotFound(await calls.ask('policy', { name: renamed }), none);
    expectNotFound(await calls.ask('policy'), 'There is no default promotion policy.');
    expectNotFound(await calls.setPolicy('nobody', [rule]), noModel('nobody'));
  });

  test.each<[string, object, string]>([
    ['nothing', { rules: [] }, "A policy needs 'rules' or 'protected_aliases'. DELETE takes a policy away."],
    ['no target', { rules: [{ needs_signature: true }] }, 'rules[0] names no target: no stage and no alias.'],
    ['no demand', { rules: [{ stages: ['Staging'] }] }, 'rules[0] demands nothing.'],
    [
      'a stage without a gate',
      { rules: [{ stages: ['archived'], needs_signature: true }] },
      "Nothing is promoted into stage 'archived'. Stages with a gate are Staging, Production.",
    ],
    [
      'an alias that nobody may set',
      { rules: [{ aliases: ['latest'], needs_signature: true }] },
      "'latest' alias name (case insensitive) is reserved.",
    ],
    [
      'NaN',
      { rules: [beforeProduction({ metrics: [{ key: 'm', comparator: '>', value: 'NaN' }] })] },
      'rules[0].metrics[0].value must be a finite number.',
    ],
    [
      'no approval',
      { rules: [beforeProduction({ approvals: { count: 0 } })] },
      'rules[0].approvals.count must be between 1 and 20. Received 0.',
    ],
    [
      'too many rules',
      { rules: Array.from({ length: 21 }, () => beforeProduction({ needs_signature: true })) },
      'rules can have 20 items at most. Received 21.',
    ],
  ])('with %s is refused', async (_, policy, message) => {
    expectInvalid(await calls.send('policy', policy as never), message);
  });

  test('with a comparator that there is not is refused', async () => {
    const rules = [beforeProduction({ metrics: [{ key: 'm', comparator: '~', value: 1 }] })];
    expect((await calls.setPolicy(undefined, rules)).status).toBe(400);
    expectMissing(await calls.setPolicy(undefined, [beforeProduction({ approvals: {} })]), 'rules[0].approvals.count');
  });
});

describe('a check', () => {
  test('says each demand in words', async () => {
    const name = await newModel();
    const runId = await app.newRun();
    for (const [value, step] of [
      [0.99, 0],
      [0.8, 1],
    ]) {
      await app.post('runs/log-metric', { run_id: runId, key: 'auc', value, timestamp: step, step });
    }
    await app.post('runs/log-metric', { run_id: runId, key: 'loss', value: 'NaN', timestamp: 1 });
    await app.newVersion(name, { run_id: runId, tags: [{ key: 'a', value: '1' }] });
    const metrics = [
      { key: 'auc', comparator: '>', value: 0.9 },
      { key: 'auc', comparator: '<=', value: 0.8 },
      { key: 'loss', comparator: '!=', value: 1 },
      { key: 'none', comparator: '<', value: 1 },
    ];
    const tags = [{ key: 'a' }, { key: 'a', value: '2' }, { key: 'b' }];
    await calls.setPolicy(name, [
      beforeProduction({ metrics, tags, needs_signature: true, needs_description: true, approvals: { count: 1 } }),
    ]);
    expect(await demandsOf(name, '3')).toEqual([
      "false: metric 'auc' must be > 0.9, and is 0.8",
      "true: metric 'auc' must be <= 0.8, and is 0.8",
      "false: metric 'loss' must be != 1, and is NaN",
      `false: metric 'none' must be < 1, and run '${runId}' has no such metric`,
      "true: tag 'a' must be set, and is",
      "false: tag 'a' must be '2', and is something else",
      "false: tag 'b' must be set, and is not set",
      "false: the model must have a signature, and its files lie at 's3://bucket/model', where this server cannot look",
      'false: the version must have a description, and has none',
      'false: 1 other than author and requester must approve, and nobody does; this server has no users, so that nobody can',
    ]);
    expect(await demandsOf(name, '1')).toContain("false: metric 'auc' must be > 0.9, and the version names no run");
    expect((await calls.check(name, '3')).body).toMatchObject({
      is_gated: true,
      holds_target: false,
      may_enter: false,
    });
    expect((await calls.check(name, '3', { alias: 'x' })).body).toMatchObject({ is_gated: false, may_enter: true });
  });

  test('finds the signature in the MLmodel file, wherever the version says that it lies', async () => {
    const name = await newModel();
    const runId = await app.newRun();
    const put = async (folder: string, text: string) => {
      const path = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${folder}/MLmodel`;
      expect((await app.call('PUT', path, text, {})).status).toBe(200);
    };
    await put(
      'signed',
      'flavors:\n  python_function:\n    env: x\nsignature:\n  inputs: \'[{"type": "long"}]\'\n  outputs: null\n',
    );
    await put('unsigned', 'flavors: {}\n');
    for (const folder of ['signed', 'unsigned', 'nowhere']) {
      await app.newVersion(name, { source: `runs:/${runId}/${folder}`, run_id: runId });
    }
    await calls.setPolicy(name, [beforeProduction({ needs_signature: true })]);
    const demands = await Promise.all(['3', '4', '5'].map((version) => demandsOf(name, version)));
    expect(demands.flat()).toEqual([
      'true: the model must have a signature, and has one',
      'false: the model must have a signature, and has none',
      `false: the model must have a signature, and there is no MLmodel file at 'runs:/${runId}/nowhere'`,
    ]);
    expect((await calls.toStage(name, '3')).status).toBe(200);
    expect((await calls.toStage(name, '4')).status).toBe(403);
  });

  test('is of what there is', async () => {
    const name = await newModel();
    expectNotFound(await calls.check('nobody', '1'), noModel('nobody'));
    expectNotFound(await calls.check(name, '9'), noVersion(name, 9));
    expectInvalid(await calls.check(name, '1', {}), "Name one target: a 'stage' or an 'alias'.");
    expectInvalid(
      await calls.check(name, '1', { stage: 'Staging', alias: 'a' }),
      "Name one target: a 'stage' or an 'alias'.",
    );
  });
});

describe('on a server without users', () => {
  test('a policy holds what needs nobody, and nobody can review', async () => {
    const name = await newModel();
    await calls.setPolicy(name, [beforeProduction({ needs_description: true })]);
    expect((await calls.toStage(name, '1')).status).toBe(403);
    const id = await calls.request(name, '1');
    expectInvalid(
      await calls.review(id, 'APPROVE'),
      'This server has no users: nobody can review. See docs/promotion.md.',
    );
    await app.patch('model-versions/update', { name, version: '1', description: 'fine' });
    expect((await calls.promote(id)).status).toBe(200);
    const stageless = await calls.request(name, '2');
    expect((await calls.withdraw(stageless)).status).toBe(200);
  });
});

describe('requests', () => {
  test('are found by model, version and state, the newest first, in pages', async () => {
    const name = await newModel();
    const first = await calls.request(name, '1');
    const second = await calls.request(name, '2');
    const third = await calls.request(name, '1', { alias: 'champion' });
    await calls.withdraw(second);
    const ids = async (query: object) => {
      const answer = await calls.ask('requests', { name, ...query });
      return listAt(answer, 'requests').map((request) => (request as { request_id: string }).request_id);
    };
    expect(await ids({})).toEqual([third, second, first]);
    expect(await ids({ state: 'OPEN' })).toEqual([third, first]);
    expect(await ids({ version: '2' })).toEqual([second]);
    const page = await calls.ask('requests', { name, max_results: 2 });
    const token = textAt(page, 'next_page_token');
    expect(await ids({ max_results: 2, page_token: token })).toEqual([first]);
    expect(await ids({ max_results: 1 })).toEqual([third]);
  });

  test('are of what there is', async () => {
    const name = await newModel();
    expectNotFound(await calls.send('requests', { name, version: '9', stage: 'Staging' }), noVersion(name, 9));
    expectNotFound(await calls.send('requests', { name: 'nobody', version: '1', stage: 'Staging' }), noModel('nobody'));
    for (const id of [NO_ID, 'x']) {
      const missing = `Promotion request with ID ${id} not found.`;
      expectNotFound(await calls.ask(`requests/${id}`), missing);
      expectNotFound(await calls.promote(id), missing);
      expectNotFound(await calls.withdraw(id), missing);
    }
    expect(
      (await calls.send('requests', { name, version: '1', stage: 'Staging', comment: 'x'.repeat(2001) })).status,
    ).toBe(400);
    expect((await calls.ask('requests', { max_results: 0 })).status).toBe(400);
    expect((await calls.ask('requests', { version: '1' })).status).toBe(400);
  });

  test('of a version that was deleted meanwhile cannot be promoted', async () => {
    const name = await newModel();
    const id = await calls.request(name, '1');
    await app.remove('model-versions/delete', { name, version: '1' });
    expectNotFound(await calls.promote(id), noVersion(name, 1));
    expect((await calls.withdraw(id)).status).toBe(200);
  });
});

describe('under a policy', () => {
  const inUse = (what: string, where: string) =>
    `${what} cannot be deleted: it is in use as ${where}. First take it out of use: transition it to 'Archived', ` +
    'and give its aliases to another version or delete them.';
  const remove = (name: string, version: string) => app.remove('model-versions/delete', { name, version });

  test('what a stage or a protected alias names cannot be deleted, nor its model', async () => {
    const name = await newModel();
    await calls.toStage(name, '1', 'Staging');
    await calls.setAlias(name, 'blue', '1');
    await calls.setAlias(name, 'free', '2');
    await calls.setPolicy(name, [beforeProduction({ needs_description: true })], { protected_aliases: ['blue'] });
    const where = "stage 'Staging' (version 1), alias 'blue' (version 1)";
    const refuse = (answer: Awaited<ReturnType<typeof remove>>, what: string, held: string) =>
      expectError(answer, 403, 'PERMISSION_DENIED', inUse(what, held));
    refuse(await remove(name, '1'), `Version 1 of registered model '${name}'`, where);
    refuse(await app.remove('registered-models/delete', { name }), `Registered model '${name}'`, where);
    expectOk(await remove(name, '2'));
    await calls.toStage(name, '1', 'Archived');
    refuse(await remove(name, '1'), `Version 1 of registered model '${name}'`, "alias 'blue' (version 1)");
    await app.remove('registered-models/alias', { name, alias: 'blue' });
    expectOk(await remove(name, '1'));
    expectOk(await app.remove('registered-models/delete', { name }));
  });

  test('what another model was copied from cannot be deleted, before the copy is', async () => {
    const [name, other] = [await newModel(), await newModel()];
    const copied = await app.post('model-versions/create', { name: other, source: `models:/${name}/1` });
    const version = textAt(copied, 'model_version', 'version');
    const source = (what: string) =>
      `${what} cannot be deleted: it is in use as a source. First delete the version of another model that was copied ` +
      'from it; GET /api/2.0/tracklet/lineage tells which.';
    await calls.setPolicy(name, [beforeProduction({ needs_description: true })]);
    const what = `registered model '${name}'`;
    expectError(await remove(name, '1'), 403, 'PERMISSION_DENIED', source(`Version 1 of ${what}`));
    expectError(
      await app.remove('registered-models/delete', { name }),
      403,
      'PERMISSION_DENIED',
      source(`Registered model '${name}'`),
    );
    expectOk(await remove(name, '2'));
    expectOk(await remove(other, version));
    expectOk(await remove(name, '1'));
  });

  test('and without one all can, as in MLflow', async () => {
    const name = await newModel();
    await calls.toStage(name, '1');
    await calls.setAlias(name, 'champion', '1');
    expectOk(await remove(name, '1'));
    await calls.toStage(name, '2');
    expectOk(await app.remove('registered-models/delete', { name }));
  });
});

describe('a rollback', () => {
  test('goes back step by step, also of deletions and of what was taken out by hand', async () => {
    const name = await newModel();
    await app.newVersion(name);
    for (const version of ['1', '2', '3']) await calls.setAlias(name, 'champion', version);
    const back = async (fields: object = {}) =>
      valueAt(await calls.rollBack(name, { alias: 'champion', ...fields }), 'versions');
    await app.remove('registered-models/alias', { name, alias: 'champion' });
    expect(await back()).toEqual(['3']);
    expect(await back()).toEqual(['2']);
    expect(await back()).toEqual(['1']);
    expectInvalid(
      await calls.rollBack(name, { alias: 'champion' }),
      `No version of registered model '${name}' held alias 'champion' before: there is nothing to roll back to.`,
    );
    expect(await back({ version: '3' })).toEqual(['3']);
    expect(await back()).toEqual(['1']);
    expectInvalid(
      await calls.rollBack(name, { stage: 'Staging', version: '3' }),
      `Version 3 of registered model '${name}' never held stage 'Staging'.`,
    );
    expectNotFound(await calls.rollBack('nobody'), noModel('nobody'));
  });

  test('restores all that a promotion archived', async () => {
    const name = await newModel();
    await app.newVersion(name);
    await calls.toStage(name, '1');
    await calls.toStage(name, '2');
    await calls.toStage(name, '3', 'Production', true);
    expect((await calls.rollBack(name)).body).toMatchObject({ versions: ['1', '2'] });
    expect(await app.versionOf(name, '3')).toMatchObject({ current_stage: 'Archived' });
    expect((await calls.rollBack(name)).body).toMatchObject({ versions: ['1'] });
  });

  test('says when what held it before was deleted', async () => {
    const name = await newModel();
    await calls.toStage(name, '1');
    await calls.toStage(name, '2', 'Production', true);
    await app.remove('model-versions/delete', { name, version: '1' });
    expectInvalid(
      await calls.rollBack(name),
      `No version of registered model '${name}' held stage 'Production' before: there is nothing to roll back to. ` +
        'Version 1, which did, was deleted.',
    );
  });

  test('is kept in the history, in pages', async () => {
    const name = await newModel();
    await calls.setAlias(name, 'a', '1');
    await calls.setAlias(name, 'a', '2');
    await calls.toStage(name, '2', 'Staging');
    await calls.rollBack(name, { alias: 'a' });
    const first = await calls.ask('history', { name, max_results: 3 });
    expect(listAt(first, 'promotions')).toMatchObject([
      { kind: 'rollback', changes: [{ alias: 'a', entered: ['1'], left: ['2'] }] },
      { kind: 'direct', changes: [{ stage: 'Staging', entered: ['2'], left: [], is_gated: false }] },
      { kind: 'direct', changes: [{ alias: 'a', entered: ['2'], left: ['1'] }] },
    ]);
    const rest = await calls.ask('history', { name, max_results: 3, page_token: textAt(first, 'next_page_token') });
    expect(listAt(rest, 'promotions')).toHaveLength(1);
    expect(listAt(await calls.ask('history', { name, stage: 'staging' }), 'promotions')).toHaveLength(1);
    expect(valueAt(first, 'promotions', 0, 'undoes')).toBe(valueAt(first, 'promotions', 2, 'promotion_id'));
    expect(valueAt(first, 'promotions', 0, 'undoes_at')).toEqual({ alias: 'a' });
  });
});
