import { createHmac } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { openOidcWith } from '../../../functions/entry/open-oidc.ts';
import { createOidcProvider } from '../../../functions/oidc/create-oidc-provider.ts';
import { openGuardedApp } from '../../support/guarded-app.ts';
import { openBrowser } from '../../support/oidc/browser.ts';
import { claimsOf, now } from '../../support/oidc/claims.ts';
import { CLIENT_ID, CLIENT_SECRET, MACHINE, startProvider } from '../../support/oidc/start-provider.ts';
import { callers } from '../../support/test-app.ts';

const provider = await startProvider();
afterAll(provider.stop);
const app = await openGuardedApp();
const mapping = {
  usernameClaim: 'preferred_username',
  groupsClaim: 'groups',
  adminGroup: 'platform',
  adminUsername: undefined,
} as const;
const settings = {
  issuer: provider.issuer,
  clientId: CLIENT_ID,
  clientSecret: async () => CLIENT_SECRET,
  audiences: ['another-audience'],
  usernameClaim: mapping.usernameClaim,
  groupsClaim: mapping.groupsClaim,
};
const open = () => app.beside({ openOidc: openOidcWith({ provider: createOidcProvider(settings, 0), mapping }) });
const fetchApp = open();

const whoami = (token: string, fetch = fetchApp) =>
  callers(fetch).call('GET', '/api/2.0/tracklet/whoami', undefined, { authorization: `Bearer ${token}` });
const claims = (more?: object) => claimsOf(provider.issuer, more);
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token of the provider', () => {
  test('is good for its user, who is made at the first time', async () => {
    const answer = await whoami(await provider.sign(claims()));
    expect(answer).toMatchObject({ status: 200, body: { auth: 'oidc', username: 'alice', is_admin: false } });
    expect((await whoami(await provider.sign(claims({ aud: ['x', 'another-audience'] })))).status).toBe(200);
  });

  test('as the provider itself gives it to a machine is, too', async () => {
    const answer = await whoami(await provider.machineToken());
    expect(answer).toMatchObject({ status: 200, body: { username: MACHINE.id, is_admin: false } });
  });

  test('may be the first of its user many times at once', async () => {
    const token = await provider.sign(claims({ sub: 'sub-8', preferred_username: 'heidi' }));
    const answers = await Promise.all(Array.from({ length: 8 }, () => whoami(token, open())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const ids = answers.map(({ body }) => Reflect.get(body as object, 'user_id'));
    expect(new Set(ids).size).toBe(1);
  });

  test('and a sign-in in the browser are of the same user', async () => {
    provider.people.set('sub-2', { preferred_username: 'bob' });
    await openBrowser(fetchApp).signIn('sub-2');
    const answer = await whoami(await provider.sign(claims({ sub: 'sub-2', preferred_username: undefined })));
    expect(answer.body).toMatchObject({ username: 'bob' });
  });

  test.each<[string, object, string]>([
    ['that is over', { exp: now() - 60 }, 'The token has expired.'],
    ['without an end', { exp: undefined }, 'see its claim exp'],
    ['that begins later', { nbf: now() + 600 }, 'see its claim nbf'],
    ['for others', { aud: 'somebody-else' }, 'see its claim aud'],
    ['for nobody', { aud: undefined }, 'see its claim aud'],
    ['of another issuer', { iss: 'https://evil.example' }, 'see its claim iss'],
    ['of nobody', { sub: undefined }, 'see its claim sub'],
  ])('%s is refused', async (_, more, reason) => {
    const answer = await whoami(await provider.sign(claims(more)));
    expect(answer.status).toBe(401);
    expect(answer.body).toContain(reason);
  });

  test('of another kind is refused', async () => {
    for (const typ of ['logout+jwt', 'dpop+jwt', 'secevent+jwt']) {
      expect((await whoami(await provider.sign(claims(), { typ }))).status, typ).toBe(401);
    }
    for (const typ of ['JWT', 'at+jwt'])
      expect((await whoami(await provider.sign(claims(), { typ }))).status).toBe(200);
  });

  test('without a signature is refused', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      expect((await whoami(`${base64({ alg })}.${base64(claims())}.`)).status, alg).toBe(401);
    }
    const [header, payload] = (await provider.sign(claims())).split('.');
    expect((await whoami(`${header}.${payload}.`)).status).toBe(401);
  });

  test('that is signed by what everybody knows is refused: HS256 by the public key', async () => {
    const keys = await provider.publicKeys();
    const [key] = (JSON.parse(keys) as { keys: [{ n: string; kid: string }] }).keys;
    const signedText = `${base64({ alg: 'HS256', kid: key.kid })}.${base64(claims())}`;
    for (const secret of [keys, JSON.stringify(key), key.n, Buffer.from(key.n, 'base64url'), CLIENT_SECRET]) {
      const signature = createHmac('sha256', secret).update(signedText).digest('base64url');
      expect((await whoami(`${signedText}.${signature}`)).status).toBe(401);
    }
  });

  test('that was changed is refused, and so is what is no token', async () => {
    const [header, , signature] = (await provider.sign(claims())).split('.');
    const changed = `${header}.${base64(claims({ preferred_username: 'root', sub: 'sub-9' }))}.${signature}`;
    for (const token of [changed, 'a.b.c', 'x', '..', `${'a'.repeat(5000)}`]) {
      const answer = await whoami(token);
      expect(answer.status, token).toBe(401);
      expect(answer.body).toContain('The token is not valid.');
    }
  });

  test('by another key is refused, also when it brings that key along', async () => {
    const other = await startProvider();
    try {
      expect((await whoami(await other.sign(claims()))).status).toBe(401);
      const [key] = (JSON.parse(await other.publicKeys()) as { keys: [object] }).keys;
      const [, payload] = (await provider.sign(claims())).split('.');
      const header = base64({ alg: 'RS256', jwk: key, jku: `${other.issuer}/jwks` });
      expect((await whoami(`${header}.${payload}.${'A'.repeat(342)}`)).status).toBe(401);
    } finally {
      await other.stop();
    }
  });

  test('that names somebody else’s name is refused', async () => {
    await app.newUser('mallory');
    const answer = await whoami(await provider.sign(claims({ sub: 'sub-3', preferred_username: 'mallory' })));
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('belongs to another user');
  });
});

describe('groups in a token', () => {
  test('hold for its requests, and bring nothing back that a later sign-in took away', async () => {
    provider.people.set('sub-20', { preferred_username: 'carol', groups: [] });
    await openBrowser(fetchApp).signIn('sub-20');
    const ofCarol = (more: object) => claims({ sub: 'sub-20', preferred_username: 'carol', ...more });
    const isAdmin = async (more: object) => (await whoami(await provider.sign(ofCarol(more)))).body;
    expect(await isAdmin({ groups: ['platform'] })).toMatchObject({ is_admin: true });
    expect(await isAdmin({})).toMatchObject({ is_admin: false });
    provider.people.set('sub-20', { preferred_username: 'carol', groups: ['platform'] });
    await openBrowser(fetchApp).signIn('sub-20');
    expect(await isAdmin({ groups: [] })).toMatchObject({ is_admin: false });
    expect(await isAdmin({})).toMatchObject({ is_admin: true });
  });

  test('are the roles of the same names', async () => {
    const made = await app.admin.call('POST', '/api/3.0/mlflow/roles/create', {
      name: 'editors',
      workspace: 'default',
    });
    const { role } = made.body as { role: { id: number } };
    const grant = { role_id: role.id, resource_type: 'experiment', resource_pattern: '*', permission: 'EDIT' };
    await app.admin.call('POST', '/api/3.0/mlflow/roles/permissions/add', grant);
    const id = await app.admin.newExperiment();
    // Another process may have read the roles before.
    app.pass(5000);
    const create = async (groups: readonly string[]) => {
      const token = await provider.sign(claims({ sub: 'sub-21', preferred_username: 'dave', groups }));
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      return (await callers(fetchApp).call('POST', '/api/2.0/mlflow/runs/create', { experiment_id: id }, headers))
        .status;
    };
    expect([await create([]), await create(['editors']), await create(['others'])]).toEqual([403, 200, 403]);
  });
});

describe('the provider’s keys', () => {
  test('are fetched again when it signs by another one', async () => {
    expect((await whoami(await provider.sign(claims()))).status).toBe(200);
    const old = await provider.sign(claims());
    await provider.rotate();
    expect((await whoami(await provider.sign(claims()))).status).toBe(200);
    expect((await whoami(old)).status).toBe(401);
    // And a browser signs in by the new ones.
    provider.people.set('sub-30', { preferred_username: 'erin' });
    expect((await openBrowser(fetchApp).signIn('sub-30')).status).toBe(302);
  });

  test('that are known serve on while it is down', async () => {
    const token = await provider.sign(claims());
    expect((await whoami(token)).status).toBe(200);
    provider.down();
    expect((await whoami(token)).status).toBe(200);
    provider.up();
  });
});

test('a provider that is down is told of as such, and asked again once it is up', async () => {
  const fresh = open();
  const token = await provider.sign(claims());
  const before = app.reports.length;
  provider.down();
  const answers = [
    await whoami(token, fresh),
    await callers(fresh).call('GET', '/api/2.0/tracklet/oidc/login', undefined, {}),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 503, body: { error_code: 'TEMPORARILY_UNAVAILABLE' } });
    expect(JSON.stringify(answer.body)).not.toContain(token);
  }
  expect(app.reports.length).toBe(before + 2);
  // Nobody else is kept out by that.
  expect((await callers(fresh).call('GET', '/health', undefined, {})).status).toBe(200);
  expect((await callers(fresh).call('GET', '/api/2.0/tracklet/session', undefined, {})).status).toBe(200);
  provider.up();
  expect((await whoami(token, fresh)).status).toBe(200);
});

test('one that goes down in the middle of a sign-in makes it fail, and only that', async () => {
  provider.people.set('sub-40', { preferred_username: 'frank' });
  const browser = openBrowser(fetchApp);
  const back = await browser.passProvider(await browser.begin(), 'sub-40');
  provider.down();
  expect((await browser.visit(back.href)).status).toBe(503);
  provider.up();
  expect((await openBrowser(fetchApp).signIn('sub-40')).status).toBe(302);
});
