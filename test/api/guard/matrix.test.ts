import { afterAll, describe, expect, test } from 'vitest';
import { placeOf } from '../../../functions/api/guard/guard.ts';
import { REQUIREMENTS } from '../../../functions/api/guard/requirements.ts';
import { identityOperations, operations } from '../../../functions/api/index.ts';
import { bearer, type Client, openGuardedApp } from '../../support/guarded-app.ts';
import { callers as callersBy, queryString, textAt } from '../../support/test-app.ts';
import { type Admitted, type Case, casesOf } from './matrix.ts';

/** Where nothing was granted there is nothing: what callers may do is what they are given here. */
const app = await openGuardedApp('NO_PERMISSIONS');
const experimentName = 'the experiment';
const experimentId = await app.admin.newExperiment({ name: experimentName });
const elsewhere = await app.admin.newExperiment();
const runId = await app.admin.newRun({ experiment_id: experimentId });
const modelId = await app.admin.newModel({ experiment_id: experimentId });
await app.admin.call('POST', '/api/3.0/mlflow/roles/create', { name: 'role', workspace: 'default' });
await app.admin.post('registered-models/create', { name: 'taken' });
const makeModel = async () => {
  await app.admin.post('registered-models/create', { name: 'm' });
  await app.admin.post('model-versions/create', { name: 'm', source: 's3://b/m' });
};
await makeModel();
const asker = await app.newUser('asker');
await app.grant('asker', 'registered_model', 'm', 'EDIT');
const requested = await asker.call('POST', '/api/2.0/tracklet/promotions/requests', {
  name: 'm',
  version: '1',
  alias: 'asked',
});
const requestId = textAt(requested, 'request', 'request_id');
const cases = casesOf({ experimentId, experimentName, runId, modelId, requestId });

const LEVELS = ['READ', 'EDIT', 'MANAGE'] as const;

/** A caller, and what is true of them. */
interface Tried {
  readonly client: Client;
  /** On the experiment: 0 is nothing, 1 READ, 2 EDIT, 3 MANAGE. */
  readonly level: number;
  /** On the registered model. */
  readonly modelLevel: number;
  readonly isIn: boolean;
  readonly isAdmin: boolean;
  /** An admin, though by a token that gives less. */
  readonly holdsAll: boolean;
  readonly makes: boolean;
  readonly governs: boolean;
  readonly isSomebody: boolean;
  /** Comes with a cookie, and nothing that shows the page. */
  readonly isPageless: boolean;
}

const holders = new Map<string, string>();

/** What whoever may delete the model deletes: it, and what was granted on it. */
async function restoreModel(): Promise<void> {
  await makeModel();
  for (const [name, permission] of holders) await app.grant(name, 'registered_model', 'm', permission);
}

async function userWith(name: string, permission: string): Promise<Client> {
  const client = await app.newUser(name);
  await app.grant(name, 'experiment', experimentId, permission);
  await app.grant(name, 'registered_model', 'm', permission);
  holders.set(name, permission);
  return client;
}

const user = (client: Client, level: number, more: Partial<Tried> = {}): Tried => ({
  client,
  level,
  modelLevel: level,
  isIn: true,
  isAdmin: false,
  holdsAll: false,
  makes: true,
  governs: true,
  isSomebody: false,
  isPageless: false,
  ...more,
});

const shutOut = (client: Client): Tried => user(client, 0, { isIn: false, makes: false, governs: false });

const manager = await userWith('manager', 'MANAGE');
const tokenOf = async (owner: Client, role: 'READ' | 'EDIT' | 'MANAGE' | 'ADMIN', fields: object = {}) =>
  app.newToken(owner, role, { ...fields });
const expired = await tokenOf(manager, 'MANAGE', { lifetime_seconds: 60 });
app.pass(61_000);
const revoked = await tokenOf(manager, 'MANAGE');
const { body } = await manager.call('GET', '/api/2.0/tracklet/tokens');
const [newest] = (body as { tokens: { token_id: string }[] }).tokens;
await manager.call('DELETE', '/api/2.0/tracklet/tokens', { token_id: newest?.token_id });
const forged = (await tokenOf(manager, 'MANAGE')).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
const byToken = async (owner: Client, role: 'READ' | 'EDIT' | 'MANAGE' | 'ADMIN', fields: object = {}) =>
  app.as(bearer(await tokenOf(owner, role, fields)));
const bound = { makes: false, governs: false };
const limited = { ...bound, modelLevel: 0 };

/** Signs in for each call: some of them end the session. */
const bySession = (name: string, withToken: boolean): Client =>
  callersBy(async (request) => {
    const { cookie, csrfToken } = await app.newSession(name);
    request.headers.set('cookie', cookie);
    if (withToken) request.headers.set('x-tracklet-csrf', csrfToken);
    return app.fetch(request);
  });

const callers: Readonly<Record<string, Tried>> = {
  anonymous: shutOut(app.anonymous),
  'wrong password': shutOut(app.asUser('manager', 'not the password')),
  'unknown user': shutOut(app.asUser('who')),
  'expired token': shutOut(app.as(bearer(expired))),
  'revoked token': shutOut(app.as(bearer(revoked))),
  'forged token': shutOut(app.as(bearer(forged))),
  NO_PERMISSIONS: user(await app.newUser('nothing'), 0),
  DENY: user(await userWith('denied', 'DENY'), 0),
  somebody: user(await app.newUser('somebody'), 0, { isSomebody: true }),
  READ: user(await userWith('reader', 'READ'), 1),
  USE: user(await userWith('user', 'USE'), 1),
  EDIT: user(await userWith('editor', 'EDIT'), 2),
  MANAGE: user(manager, 3),
  admin: user(app.admin, 3, { isAdmin: true, holdsAll: true }),
  'session of READ': user(bySession('reader', true), 1),
  'session of EDIT': user(bySession('editor', true), 2),
  'session of MANAGE': user(bySession('manager', true), 3),
  'session of admin': user(bySession('root', true), 3, { isAdmin: true, holdsAll: true }),
  'session of MANAGE without its page': user(bySession('manager', false), 3, { isPageless: true }),
  'session of admin without its page': user(bySession('root', false), 3, {
    isAdmin: true,
    holdsAll: true,
    isPageless: true,
  }),
  'session that is none': shutOut(
    callersBy((request) => {
      request.headers.set(
        'cookie',
        `tracklet_session=${Buffer.from('manager').toString('base64url')}.${'0'.repeat(64)}`,
      );
      return app.fetch(request);
    }),
  ),
  'READ token of MANAGE': user(await byToken(manager, 'READ'), 1, bound),
  'EDIT token of MANAGE': user(await byToken(manager, 'EDIT'), 2, { governs: false }),
  'MANAGE token of MANAGE': user(await byToken(manager, 'MANAGE'), 3),
  'ADMIN token of MANAGE': user(await byToken(manager, 'ADMIN'), 3),
  'MANAGE token of EDIT': user(await byToken(app.asUser('editor'), 'MANAGE'), 2),
  'EDIT token of admin': user(await byToken(app.admin, 'EDIT'), 2, { governs: false, holdsAll: true }),
  'MANAGE token of admin': user(await byToken(app.admin, 'MANAGE'), 3, { holdsAll: true }),
  'ADMIN token of admin': user(await byToken(app.admin, 'ADMIN'), 3, { isAdmin: true, holdsAll: true }),
  'token limited to it': user(await byToken(manager, 'MANAGE', { experiment_ids: [experimentId] }), 3, limited),
  'token limited to another': user(await byToken(manager, 'MANAGE', { experiment_ids: [elsewhere] }), 0, limited),
  'token limited to its model': user(await byToken(manager, 'MANAGE', { registered_models: ['m'] }), 0, {
    ...bound,
    modelLevel: 3,
  }),
  'token limited to another model': user(await byToken(manager, 'MANAGE', { registered_models: ['n'] }), 0, limited),
  'ADMIN token limited to another': user(await byToken(app.admin, 'ADMIN', { experiment_ids: [elsewhere] }), 0, {
    ...limited,
    holdsAll: true,
  }),
};

function isAdmitted(admitted: Admitted, who: Tried): boolean {
  if (admitted === 'everybody') return true;
  if (!who.isIn) return false;
  switch (admitted) {
    case 'users':
      return true;
    case 'makers':
      return who.makes;
    case 'governors':
      return who.governs;
    case 'oneself':
      return who.isSomebody || who.isAdmin;
    case 'EDIT everywhere':
      return who.holdsAll && who.modelLevel >= 2;
    case 'admins':
      return who.isAdmin;
    case 'owners':
      return who.governs && who.level >= 3;
    case 'model owners':
      return who.governs && who.modelLevel >= 3;
    case 'model reviewers':
      return who.makes && who.modelLevel >= 1;
    case 'model withdrawers':
      return who.makes && who.modelLevel >= 3;
    case 'READ':
    case 'EDIT':
    case 'MANAGE':
      return who.level > LEVELS.indexOf(admitted);
    case 'model READ':
    case 'model EDIT':
    case 'model MANAGE':
      return who.modelLevel > LEVELS.findIndex((level) => admitted.endsWith(level));
  }
}

function expected(place: string, { admitted }: Case, who: Tried): 'in' | 401 | 403 {
  // Signing in is no write with a cookie.
  if (who.isPageless && !place.startsWith('GET ') && place !== 'POST /tracklet/session') return 403;
  if (!who.isIn && admitted !== 'everybody') return 401;
  return isAdmitted(admitted, who) ? 'in' : 403;
}

async function outcome(place: string, { call, fields }: Case, { client, isPageless }: Tried): Promise<'in' | number> {
  const [method = ''] = place.split(' ');
  const { status, body: answer } =
    method === 'GET'
      ? await client.call(method, call + queryString(fields as Record<string, string>), undefined, {})
      : await client.call(method, call, fields);
  if (status === 401)
    expect(JSON.stringify(answer)).toContain('You are not authenticated. Please see https://www.mlflow.org/');
  if (status === 403 && !isPageless) expect(answer).toBe('Permission denied');
  if (status === 403 && typeof answer !== 'string') expect(answer).toMatchObject({ error_code: 'PERMISSION_DENIED' });
  expect(status, `${place}: ${JSON.stringify(answer)}`).not.toBe(500);
  return status === 401 || status === 403 ? status : 'in';
}

const tally = { cases: 0, wrong: 0 };
afterAll(() => console.log(`guard matrix: ${tally.cases} cases, ${tally.wrong} wrong answers`));

const places = [...operations, ...identityOperations].map(placeOf);

test('every operation has a case and a requirement', () => {
  for (const place of places) {
    expect(Object.keys(cases)).toContain(place);
    expect(Object.keys(REQUIREMENTS)).toContain(place);
  }
});

describe.each(Object.entries(cases).filter(([place]) => places.includes(place)))('%s', (place, one) => {
  test(`admits ${one.admitted} and nobody else`, async () => {
    // Failed sign-ins are throttled: that is for another test.
    app.pass(20_000);
    for (const [name, who] of Object.entries(callers)) {
      const [was, should] = [await outcome(place, one, who), expected(place, one, who)];
      tally.cases += 1;
      if (was !== should) tally.wrong += 1;
      expect(was, `${name} at ${place}`).toBe(should);
      if (place === 'DELETE /mlflow/registered-models/delete' && was === 'in') await restoreModel();
    }
  });
});
