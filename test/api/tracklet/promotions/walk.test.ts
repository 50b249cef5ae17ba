import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../../functions/domain/audit.ts';
import { openGuardedApp } from '../../../support/guarded-app.ts';
import { listAt, queryString, valueAt } from '../../../support/test-app.ts';
import { expectError } from '../../expect-answer.ts';
import { beforeProduction, promotionsOf } from './promotion-calls.ts';

const app = await openGuardedApp();
const ann = await app.newUser('ann');
const bob = await app.newUser('bob');
const eve = await app.newUser('eve');
const [byAnn, byBob, byEve, byAdmin] = [ann, bob, eve, app.admin].map(promotionsOf) as [Calls, Calls, Calls, Calls];
type Calls = ReturnType<typeof promotionsOf>;

let models = 0;

/** A model of ann's with two versions, which bob may edit and eve may read. */
async function newModel(): Promise<string> {
  models += 1;
  const name = `m${models}`;
  await ann.post('registered-models/create', { name });
  for (const at of [1, 2]) await ann.post('model-versions/create', { name, source: `s3://b/${at}` });
  await app.grant('bob', 'registered_model', name, 'EDIT');
  return name;
}

const audited = async (username?: string) => {
  const answer = await app.admin.call('GET', `/api/2.0/tracklet/audit${queryString({ username })}`, undefined, {});
  return listAt(answer, 'entries').map((entry) => entry as AuditEntry);
};

const stageOf = async (name: string, version: string) =>
  valueAt(await ann.get('model-versions/get', { name, version }), 'model_version', 'current_stage');

describe('a gate', () => {
  test('refuses with what is missing, lets through what another user approved, and the audit tells it all', async () => {
    const name = await newModel();
    expect((await byAnn.setPolicy(name, [beforeProduction({ approvals: { count: 1 } })])).status).toBe(200);
    const page = `http://127.0.0.1/models/${name}/versions/1`;
    const refused = (why: string) =>
      `Version 1 of registered model '${name}' may not enter stage 'Production': ${why}. ` +
      `Ask for its promotion at ${page} or with POST /api/2.0/tracklet/promotions/requests.`;
    const rule = '1 other than author and requester must approve, and nobody does';
    const first = await byAnn.toStage(name, '1');
    expectError(first, 403, 'PERMISSION_DENIED', refused(`${rule}; no request is open`));
    const id = await byAnn.request(name, '1');
    expectError(
      await byAnn.review(id, 'APPROVE'),
      403,
      'PERMISSION_DENIED',
      "'ann' made this version: somebody else must approve it.",
    );
    expectError(await byAnn.promote(id), 403, 'PERMISSION_DENIED', refused(rule));
    expect((await byBob.review(id, 'REFUSE', 'not yet')).status).toBe(200);
    expectError(await byAnn.toStage(name, '1'), 403, 'PERMISSION_DENIED', refused(`${rule}; refused by 'bob'`));
    expect((await byBob.review(id, 'APPROVE', 'now it is')).status).toBe(200);
    const promoted = await byAnn.promote(id, { comment: 'go' });
    expect(promoted.status).toBe(200);
    expect(valueAt(promoted, 'model_version', 'current_stage')).toBe('Production');
    expect(valueAt(promoted, 'request')).toMatchObject({
      state: 'PROMOTED',
      requester: 'ann',
      decision: { by: 'ann', comment: 'go' },
      reviews: [
        { reviewer: 'bob', verdict: 'REFUSE', comment: 'not yet' },
        { reviewer: 'bob', verdict: 'APPROVE', comment: 'now it is' },
      ],
    });
    expectError(
      await byAnn.promote(id),
      409,
      'RESOURCE_CONFLICT',
      `Promotion request ${id} was promoted by 'ann' already.`,
    );
    const lines = (await audited()).map(({ username, operation, outcome, detail }) => [
      username,
      operation,
      outcome,
      detail,
    ]);
    const done = `version 1 of registered model '${name}' entered stage 'Production', by promotion request ${id}`;
    expect(lines).toEqual(
      expect.arrayContaining([
        ['ann', 'POST /tracklet/promotions/policy', 'done', undefined],
        ['ann', 'POST /mlflow/model-versions/transition-stage', 'refused', refused(`${rule}; no request is open`)],
        ['ann', 'POST /mlflow/model-versions/transition-stage', 'refused', refused(`${rule}; refused by 'bob'`)],
        [
          'ann',
          'POST /tracklet/promotions/requests/:request_id/review',
          'refused',
          expect.stringContaining('made this version'),
        ],
        [
          'bob',
          'POST /tracklet/promotions/requests/:request_id/review',
          'done',
          `APPROVE of version 1 of registered model '${name}'`,
        ],
        ['ann', 'POST /tracklet/promotions/requests/:request_id/promote', 'done', done],
      ]),
    );
  });

  test('lets MLflow’s own calls through once the request is approved, and ends the request', async () => {
    const name = await newModel();
    await byAnn.setPolicy(name, [{ aliases: ['champion'], approvals: { count: 1 } }]);
    expect((await byAnn.setAlias(name, 'champion', '1')).status).toBe(403);
    expect((await byAnn.setAlias(name, 'other', '1')).status).toBe(200);
    const id = await byAnn.request(name, '1', { alias: 'champion' });
    await byBob.review(id, 'APPROVE');
    expect((await byAnn.setAlias(name, 'champion', '1')).status).toBe(200);
    expect(valueAt(await byAnn.ask(`requests/${id}`), 'request', 'state')).toBe('PROMOTED');
    // What is so already enters nothing; another version does.
    expect((await byAnn.setAlias(name, 'champion', '1')).status).toBe(200);
    expect((await byAnn.setAlias(name, 'champion', '2')).status).toBe(403);
  });

  test('holds admins, too', async () => {
    const name = await newModel();
    await byAnn.setPolicy(name, [beforeProduction({ needs_description: true })]);
    expect((await byAdmin.toStage(name, '1', 'production', true)).status).toBe(403);
    await ann.call('PATCH', '/api/2.0/mlflow/model-versions/update', { name, version: '1', description: 'good' });
    expect((await byAdmin.toStage(name, '1', 'production', true)).status).toBe(200);
  });

  test('of all models is added to by a model’s own, and only admins set it', async () => {
    const name = await newModel();
    expect((await byAnn.setPolicy(undefined, [beforeProduction({ needs_description: true })])).status).toBe(403);
    expect((await byAdmin.setPolicy(undefined, [beforeProduction({ needs_description: true })])).status).toBe(200);
    expect((await byBob.setPolicy(name, [beforeProduction({ needs_signature: true })])).status).toBe(403);
    expect((await byAnn.setPolicy(name, [beforeProduction({ tags: [{ key: 'ok' }] })])).status).toBe(200);
    expect(listAt(await byAnn.check(name, '1'), 'demands')).toMatchObject([
      { demand: 'description', met: false, policy: 'default' },
      { demand: 'tag', key: 'ok', met: false, policy: 'model' },
    ]);
    expect((await byAdmin.dropPolicy()).status).toBe(200);
    expect((await byAdmin.dropPolicy()).status).toBe(404);
    expect(listAt(await byAnn.check(name, '1'), 'demands')).toHaveLength(1);
  });
});

describe('reviews', () => {
  test('count of those whom the policy names, by name or by role, as they are at the promotion', async () => {
    const name = await newModel();
    const roles = '/api/3.0/mlflow/roles/';
    await app.admin.call('POST', `${roles}create`, { name: 'releasers', workspace: 'default' });
    const approvals = { count: 1, users: ['eve'], roles: ['releasers'] };
    await byAnn.setPolicy(name, [beforeProduction({ approvals })]);
    const id = await byAnn.request(name, '1');
    const denied = `'bob' is none of those who may approve promotions of '${name}'.`;
    expectError(await byBob.review(id, 'APPROVE'), 403, 'PERMISSION_DENIED', denied);
    await app.admin.call('POST', `${roles}assign`, { username: 'bob', role_id: 1 });
    expect((await byBob.review(id, 'APPROVE')).status).toBe(200);
    await app.admin.call('DELETE', `${roles}unassign`, { username: 'bob', role_id: 1 });
    expect((await byAnn.promote(id)).status).toBe(403);
    expect((await byEve.review(id, 'APPROVE')).status).toBe(200);
    expect(listAt(await byAnn.check(name, '1'), 'demands')).toMatchObject([{ met: true, approved_by: ['eve'] }]);
    expect((await byEve.review(id, 'ABSTAIN')).status).toBe(200);
    expect((await byAnn.promote(id)).status).toBe(403);
  });

  test('do not count of who asked for the promotion, nor of who may only read, nor of who is gone', async () => {
    const name = await newModel();
    await byAnn.setPolicy(name, [beforeProduction({ approvals: { count: 1 } })]);
    const id = await byBob.request(name, '1');
    expectError(
      await byBob.review(id, 'APPROVE'),
      403,
      'PERMISSION_DENIED',
      "'bob' asked for this promotion: somebody else must approve it.",
    );
    expect((await byEve.review(id, 'APPROVE')).status).toBe(403);
    const dan = promotionsOf(await app.newUser('dan'));
    await app.grant('dan', 'registered_model', name, 'EDIT');
    expect((await dan.review(id, 'APPROVE')).status).toBe(200);
    expect(valueAt(await byAnn.check(name, '1'), 'may_enter')).toBe(true);
    await app.admin.call('DELETE', '/api/2.0/mlflow/users/delete', { username: 'dan' });
    await app.newUser('dan');
    await app.grant('dan', 'registered_model', name, 'EDIT');
    expect(valueAt(await byAnn.check(name, '1'), 'may_enter')).toBe(false);
  });

  test('end with the request, which its requester or a manager withdraws', async () => {
    const name = await newModel();
    const id = await byBob.request(name, '1');
    expect((await byBob.send('requests', { name, version: '1', stage: 'Production' })).body).toMatchObject({
      error_code: 'RESOURCE_ALREADY_EXISTS',
      message: expect.stringContaining(id),
    });
    expect((await byEve.withdraw(id)).status).toBe(403);
    expect((await byBob.withdraw(id, { comment: 'too early' })).status).toBe(200);
    expect((await byAnn.review(id, 'REFUSE')).status).toBe(409);
    const again = await byBob.request(name, '1');
    expect((await byAnn.withdraw(again)).status).toBe(200);
    const found = listAt(await byAnn.ask('requests', { name, state: 'WITHDRAWN' }), 'requests');
    expect(found).toMatchObject([
      { request_id: again },
      { request_id: id, decision: { by: 'bob', comment: 'too early' } },
    ]);
  });
});

describe('a rollback', () => {
  test('needs MANAGE, brings the version before back without new approvals, and is recorded', async () => {
    const name = await newModel();
    await byAnn.setPolicy(name, [beforeProduction({ approvals: { count: 1 } })]);
    for (const version of ['1', '2']) {
      const id = await byAnn.request(name, version);
      await byBob.review(id, 'APPROVE');
      await byAnn.promote(id, { archive_existing_versions: true });
    }
    expect((await byBob.rollBack(name)).status).toBe(403);
    const stale = { stage: 'Production', expected_version: '1' };
    expect((await byAnn.rollBack(name, stale)).status).toBe(409);
    expect((await byAnn.rollBack(name, { stage: 'production', comment: 'it fails' })).body).toEqual({
      name,
      stage: 'Production',
      versions: ['1'],
    });
    expect([await stageOf(name, '1'), await stageOf(name, '2')]).toEqual(['Production', 'Archived']);
    const history = listAt(await byEve.ask('history', { name, stage: 'Production' }), 'promotions');
    expect(history).toMatchObject([
      { kind: 'rollback', by: 'ann', comment: 'it fails', changes: [{ entered: ['1'], left: ['2'], is_gated: true }] },
      { kind: 'request', by: 'ann', changes: [{ entered: ['2'], left: ['1'] }] },
      { kind: 'request', by: 'ann', changes: [{ entered: ['1'], left: [] }] },
    ]);
    expect((await byAnn.rollBack(name)).body).toMatchObject({
      message: `No version of registered model '${name}' held stage 'Production' before: there is nothing to roll back to.`,
    });
    const [entry] = (await audited('ann')).filter(({ outcome, detail }) => outcome === 'done' && detail);
    expect(entry?.detail).toBe(
      `rolled stage 'Production' of registered model '${name}' back from version 2 to version 1`,
    );
  });

  test('of what never stood behind the gate meets the demands', async () => {
    const name = await newModel();
    await byAnn.setAlias(name, 'champion', '1');
    await byAnn.setAlias(name, 'champion', '2');
    await byAnn.setPolicy(name, [{ aliases: ['champion'], needs_description: true }]);
    expect((await byAnn.rollBack(name, { alias: 'champion' })).status).toBe(403);
    await byAnn.dropPolicy(name);
    expect((await byAnn.rollBack(name, { alias: 'champion' })).body).toMatchObject({ versions: ['1'] });
    expect((await byAnn.rollBack(name, { alias: 'champion', version: '2' })).body).toMatchObject({ versions: ['2'] });
  });
});

describe('what one may not see', () => {
  test('is not shown: requests, policies, and metrics of a run in another experiment', async () => {
    const name = await newModel();
    const experimentId = await ann.newExperiment();
    const runId = await ann.newRun({ experiment_id: experimentId });
    await ann.post('runs/log-metric', { run_id: runId, key: 'auc', value: 0.5, timestamp: 1 });
    await ann.post('model-versions/create', { name, source: 's3://b/3', run_id: runId });
    await byAnn.setPolicy(name, [beforeProduction({ metrics: [{ key: 'auc', comparator: '>', value: 0.9 }] })]);
    const id = await byAnn.request(name, '3');
    await app.grant('bob', 'experiment', experimentId, 'DENY');
    await app.grant('eve', 'registered_model', name, 'DENY');
    const message = async (who: Calls) => valueAt(await who.check(name, '3'), 'demands', 0, 'message');
    expect(await message(byAnn)).toBe("metric 'auc' must be > 0.9, and is 0.5");
    expect(await message(byBob)).toBe("metric 'auc' must be > 0.9, and is not");
    expect((await byEve.ask(`requests/${id}`)).status).toBe(403);
    const ids = async (who: Calls) =>
      listAt(await who.ask('requests', { max_results: 1000 }), 'requests').map((one) =>
        valueAt({ body: one } as never, 'request_id'),
      );
    expect(await ids(byAnn)).toContain(id);
    expect(await ids(byEve)).not.toContain(id);
    const names = async (who: Calls) =>
      listAt(await who.ask('policies'), 'policies').map((one) => valueAt({ body: one } as never, 'name'));
    expect(await names(byAnn)).toContain(name);
    expect(await names(byEve)).not.toContain(name);
    await app.admin.call('DELETE', '/api/2.0/mlflow/registered-models/delete', { name });
    expect((await byAnn.ask(`requests/${id}`)).status).toBe(403);
    expect(valueAt(await byAdmin.ask(`requests/${id}`), 'request', 'name')).toBe(name);
    expect((await byAdmin.promote(id)).status).toBe(404);
  });
});
