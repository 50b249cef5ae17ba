import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openOidcWith } from '../../../functions/entry/open-oidc.ts';
import { createOidcProvider } from '../../../functions/oidc/create-oidc-provider.ts';
import { openGuardedApp } from '../../support/guarded-app.ts';
import { type Browser, openBrowser } from '../../support/oidc/browser.ts';
import { CLIENT_ID, CLIENT_SECRET, startProvider } from '../../support/oidc/start-provider.ts';
import { callers, listAt, readAnswer, textAt, valueAt } from '../../support/test-app.ts';

const provider = await startProvider();
afterAll(provider.stop);
const app = await openGuardedApp();
const mapping = {
  usernameClaim: 'preferred_username',
  groupsClaim: 'groups',
  adminGroup: 'platform',
  adminUsername: 'chief',
} as const;
const settings = {
  issuer: provider.issuer,
  clientId: CLIENT_ID,
  clientSecret: async () => CLIENT_SECRET,
  audiences: [],
  usernameClaim: mapping.usernameClaim,
  groupsClaim: mapping.groupsClaim,
};
const fetchApp = app.beside({ openOidc: openOidcWith({ provider: createOidcProvider(settings, 0), mapping }) });
const SESSION = '/api/2.0/tracklet/session';

let browser: Browser;
beforeEach(() => {
  browser = openBrowser(fetchApp);
});

const sessionOf = async (of: Browser) => readAnswer(await of.visit(SESSION));
const rolesOf = async (username: string) => {
  const path = `/api/3.0/mlflow/users/roles/list?username=${username}`;
  const answer = await app.admin.call('GET', path, undefined, {});
  return listAt(answer, 'roles').map((role) => Reflect.get(role as object, 'name'));
};

describe('signing in at the provider', () => {
  test('makes a user at the first time, gives a session, and ends where it was to', async () => {
    provider.people.set('sub-1', { preferred_username: 'alice', groups: [] });
    const answer = await browser.signIn('sub-1', '/experiments/1?x=1#runs');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/experiments/1?x=1#runs');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const cookies = answer.headers.getSetCookie();
    expect(cookies.find((text) => text.startsWith('tracklet_session='))).toMatch(
      /^tracklet_session=[\w.-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/,
    );
    expect((await sessionOf(browser)).body).toMatchObject({
      auth: 'oidc',
      login_url: '/api/2.0/tracklet/oidc/login',
      user: { username: 'alice', is_admin: false },
      csrf_token: expect.stringMatching(/^[\w-]{43}$/),
    });
    // What the attempt needed is gone.
    expect([...browser.cookies().keys()]).toEqual(['tracklet_session']);
  });

  test('finds the same user the next time, whatever they are called by then', async () => {
    provider.people.set('sub-2', { preferred_username: 'bob' });
    await browser.signIn('sub-2');
    provider.people.set('sub-2', { preferred_username: 'robert' });
    const again = openBrowser(fetchApp);
    await again.signIn('sub-2');
    expect(textAt(await sessionOf(again), 'user', 'username')).toBe('bob');
  });

  test('lets a page write, with its token alone', async () => {
    provider.people.set('sub-3', { preferred_username: 'carol' });
    await browser.signIn('sub-3');
    const csrf = textAt(await sessionOf(browser), 'csrf_token');
    const create = (headers: Readonly<Record<string, string>>) =>
      browser.visit('/ajax-api/2.0/mlflow/experiments/create', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name: 'by carol' }),
      });
    expect((await create({})).status).toBe(403);
    expect((await create({ 'x-tracklet-csrf': csrf })).status).toBe(200);
  });

  test('asks for the code with PKCE, a state and a nonce, each time other ones', async () => {
    const [first, second] = [await browser.begin(), await browser.begin()];
    for (const url of [first, second]) {
      expect(url.origin).toBe(provider.issuer);
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        response_type: 'code',
        client_id: CLIENT_ID,
        redirect_uri: 'http://127.0.0.1/api/2.0/tracklet/oidc/callback',
        scope: 'openid profile email groups',
        code_challenge_method: 'S256',
      });
    }
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const [one = '', other = ''] = [first, second].map((url) => url.searchParams.get(name) ?? '');
      expect(one.length).toBeGreaterThanOrEqual(43);
      expect(one).not.toBe(other);
    }
  });

  test('works in two tabs at the same time', async () => {
    provider.people.set('sub-4', { preferred_username: 'dave' });
    const [first, second] = [await browser.begin('/a'), await browser.begin('/b')];
    const back = [await browser.passProvider(first, 'sub-4'), await browser.passProvider(second, 'sub-4')];
    const ends = [];
    for (const { href } of back) ends.push((await browser.visit(href)).headers.get('location'));
    expect(ends).toEqual(['/a', '/b']);
  });

  test('is in the audit, with the name', async () => {
    provider.people.set('sub-5', { preferred_username: 'erin' });
    await browser.signIn('sub-5');
    const path = '/api/2.0/tracklet/audit?username=erin';
    const entries = listAt(await app.admin.call('GET', path, undefined, {}), 'entries');
    expect(entries).toMatchObject([{ operation: 'GET /tracklet/oidc/callback', outcome: 'done', status: 302 }]);
  });
});

describe('groups', () => {
  test('are the roles of the same names, and are taken away at the next sign-in', async () => {
    for (const name of ['research', 'sales', 'by hand']) {
      await app.admin.call('POST', '/api/3.0/mlflow/roles/create', { name, workspace: 'default' });
    }
    provider.people.set('sub-10', { preferred_username: 'grace', groups: ['research', 'sales', 'no role', 7] });
    await browser.signIn('sub-10');
    expect(await rolesOf('grace')).toEqual(['research', 'sales']);
    const roles = listAt(
      await app.admin.call('GET', '/api/3.0/mlflow/roles/list?workspace=default', undefined, {}),
      'roles',
    );
    const byHand = roles.find((role) => Reflect.get(role as object, 'name') === 'by hand');
    const assignment = { username: 'grace', role_id: Reflect.get(byHand as object, 'id') };
    expect((await app.admin.call('POST', '/api/3.0/mlflow/roles/assign', assignment)).status).toBe(200);
    provider.people.set('sub-10', { preferred_username: 'grace', groups: ['sales'] });
    await openBrowser(fetchApp).signIn('sub-10');
    expect(await rolesOf('grace')).toEqual(['sales', 'by hand']);
    provider.people.set('sub-10', { preferred_username: 'grace' });
    await openBrowser(fetchApp).signIn('sub-10');
    expect(await rolesOf('grace')).toEqual(['by hand']);
  });

  test('give what their roles do, to the session that is open, too', async () => {
    const made = await app.admin.call('POST', '/api/3.0/mlflow/roles/create', {
      name: 'readers',
      workspace: 'default',
    });
    const roleId = valueAt(made, 'role', 'id');
    const grant = { role_id: roleId, resource_type: 'experiment', resource_pattern: '*', permission: 'MANAGE' };
    await app.admin.call('POST', '/api/3.0/mlflow/roles/permissions/add', grant);
    const id = await app.admin.newExperiment();
    provider.people.set('sub-11', { preferred_username: 'heidi', groups: ['readers'] });
    await browser.signIn('sub-11');
    const csrf = textAt(await sessionOf(browser), 'csrf_token');
    const remove = async () =>
      (
        await browser.visit('/api/2.0/mlflow/experiments/delete', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-tracklet-csrf': csrf },
          body: JSON.stringify({ experiment_id: id }),
        })
      ).status;
    expect(await remove()).toBe(200);
    await app.admin.post('experiments/restore', { experiment_id: id });
    provider.people.set('sub-11', { preferred_username: 'heidi', groups: [] });
    await openBrowser(fetchApp).signIn('sub-11');
    expect(await remove()).toBe(403);
  });

  test('make an admin, and no longer', async () => {
    provider.people.set('sub-12', { preferred_username: 'ivan', groups: ['platform'] });
    await browser.signIn('sub-12');
    expect(valueAt(await sessionOf(browser), 'user', 'is_admin')).toBe(true);
    provider.people.set('sub-12', { preferred_username: 'ivan', groups: ['other'] });
    await openBrowser(fetchApp).signIn('sub-12');
    expect(valueAt(await sessionOf(browser), 'user', 'is_admin')).toBe(false);
  });

  test('need not be, for the admin whom the operator names', async () => {
    provider.people.set('sub-13', { preferred_username: 'chief' });
    await browser.signIn('sub-13');
    expect(valueAt(await sessionOf(browser), 'user', 'is_admin')).toBe(true);
  });
});

/** Expects a page that says so, and no session. */
async function expectRefusal(answer: Response, sentence: string, of = browser): Promise<void> {
  expect(answer.status).toBe(403);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await answer.text()).toContain(sentence);
  expect(of.cookies().has('tracklet_session')).toBe(false);
}

describe('a sign-in is refused', () => {
  const STRANGE = 'This attempt to sign in was not begun in this browser, or took too long.';
  provider.people.set('sub-20', { preferred_username: 'judy' });
  const returnOf = async () => browser.passProvider(await browser.begin(), 'sub-20');

  test('by another state', async () => {
    const back = await returnOf();
    back.searchParams.set('state', `${'0'.repeat(64)}`);
    await expectRefusal(await browser.visit(back.href), STRANGE);
  });

  test('in a browser that did not begin it', async () => {
    const other = openBrowser(fetchApp);
    await expectRefusal(await other.visit((await returnOf()).href), STRANGE, other);
  });

  test('with a cookie that somebody changed, or took from another attempt', async () => {
    const back = await returnOf();
    const [[name = '', value = ''] = []] = browser.cookies();
    browser.setCookie(
      name,
      value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    );
    await expectRefusal(await browser.visit(back.href), STRANGE);
    const again = await returnOf();
    const state = again.searchParams.get('state') ?? '';
    browser.setCookie(`tracklet_sign_in_${state.slice(0, 16)}`, value);
    await expectRefusal(await browser.visit(again.href), STRANGE);
  });

  test('after ten minutes', async () => {
    const back = await returnOf();
    app.pass(10 * 60_000);
    await expectRefusal(await browser.visit(back.href), STRANGE);
  });

  test('by another nonce', async () => {
    const url = await browser.begin();
    url.searchParams.set('nonce', 'another');
    const back = await browser.passProvider(url, 'sub-20');
    await expectRefusal(await browser.visit(back.href), 'does not belong to this sign-in');
  });

  test('with a verifier of another attempt', async () => {
    const url = await browser.begin();
    url.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    const back = await browser.passProvider(url, 'sub-20');
    await expectRefusal(await browser.visit(back.href), 'invalid_grant');
  });

  test('with a code that was used before', async () => {
    const back = await returnOf();
    const cookies = [...browser.cookies()];
    expect((await browser.visit(back.href)).status).toBe(302);
    const thief = openBrowser(fetchApp);
    for (const [name, value] of cookies) thief.setCookie(name, value);
    await expectRefusal(await thief.visit(back.href), 'invalid_grant', thief);
  });

  test('with an invented code', async () => {
    const back = await returnOf();
    back.searchParams.set('code', 'invented');
    await expectRefusal(await browser.visit(back.href), 'invalid_grant');
  });

  test('when somebody changed their mind, and shows no script of theirs', async () => {
    const state = (await browser.begin()).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ error: '<script>alert(1)</script>', state, iss: provider.issuer });
    const answer = await browser.visit(`/api/2.0/tracklet/oidc/callback?${query}`);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    await expectRefusal(answer, '(scriptalert1script)');
  });

  test('with an answer that is none', async () => {
    await expectRefusal(await browser.visit('/api/2.0/tracklet/oidc/callback'), STRANGE);
    const state = (await browser.begin()).searchParams.get('state') ?? '';
    await expectRefusal(await browser.visit(`/api/2.0/tracklet/oidc/callback?state=${state}`), 'does not belong');
  });

  test('under the name of somebody else: of this server, or of the provider', async () => {
    await app.newUser('mallory');
    provider.people.set('sub-21', { preferred_username: 'mallory' });
    await expectRefusal(await browser.signIn('sub-21'), 'belongs to another user of this server');
    provider.people.set('sub-22', { preferred_username: 'niaj' });
    await openBrowser(fetchApp).signIn('sub-22');
    provider.people.set('sub-23', { preferred_username: 'niaj' });
    await expectRefusal(await browser.signIn('sub-23'), 'belongs to another user of this server');
  });

  test('without a name, or with one that nobody can have', async () => {
    provider.people.set('sub-24', {});
    await expectRefusal(await browser.signIn('sub-24'), 'tells no preferred_username');
    provider.people.set('sub-25', { preferred_username: 'a:b' });
    await expectRefusal(await openBrowser(fetchApp).signIn('sub-25'), 'Username cannot contain colons');
  });
});

describe('return_to', () => {
  test.each([
    'https://evil.example/x',
    '//evil.example/x',
    '/\\evil.example',
    '\\\\evil.example',
    '/..//evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'evil.example',
    'http://127.0.0.1:1/x',
  ])('%j is refused', async (path) => {
    const answer = await browser.visit(`/api/2.0/tracklet/oidc/login?return_to=${encodeURIComponent(path)}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' });
    expect(browser.cookies().size).toBe(0);
  });

  test('is the first page when nobody says', async () => {
    provider.people.set('sub-30', { preferred_username: 'olivia' });
    expect((await browser.signIn('sub-30')).headers.get('location')).toBe('/');
  });
});

describe('where users sign in at a provider', () => {
  const calls = callers(fetchApp);

  test('passwords are not taken', async () => {
    await app.newUser('peggy');
    const basic = { authorization: `Basic ${btoa('peggy:correct horse battery')}` };
    const answer = await calls.call('GET', '/api/2.0/tracklet/whoami', undefined, basic);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('takes no passwords');
    const body = { username: 'peggy', password: 'correct horse battery' };
    expect(await calls.call('POST', SESSION, body)).toMatchObject({
      status: 401,
      body: { error_code: 'UNAUTHENTICATED' },
    });
  });

  test('tokens of this server are, and nobody gives users of the provider a password', async () => {
    provider.people.set('sub-40', { preferred_username: 'quentin' });
    await browser.signIn('sub-40');
    const csrf = textAt(await sessionOf(browser), 'csrf_token');
    const made = await browser.visit('/api/2.0/tracklet/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tracklet-csrf': csrf },
      body: JSON.stringify({ name: 'job', role: 'READ' }),
    });
    const authorization = `Bearer ${textAt(await readAnswer(made), 'token')}`;
    const whoami = await calls.call('GET', '/api/2.0/tracklet/whoami', undefined, { authorization });
    expect(whoami.body).toMatchObject({ auth: 'oidc', username: 'quentin', token: { role: 'READ' } });
    const change = { username: 'quentin', password: 'a long enough password' };
    const refused = await app.admin.call('PATCH', '/api/2.0/mlflow/users/update-password', change);
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    // Nor does the empty one let in, where passwords are taken.
    for (const password of ['', 'x']) {
      expect(
        (await app.asUser('quentin', password).call('GET', '/api/2.0/tracklet/whoami', undefined, {})).status,
      ).toBe(401);
    }
  });

  test('a user who is deleted is signed out, and comes back as somebody new', async () => {
    provider.people.set('sub-41', { preferred_username: 'ruth' });
    await browser.signIn('sub-41');
    const before = valueAt(await sessionOf(browser), 'user', 'id');
    await app.admin.call('DELETE', '/api/2.0/mlflow/users/delete', { username: 'ruth' });
    expect((await sessionOf(browser)).body).toEqual({ auth: 'oidc', login_url: '/api/2.0/tracklet/oidc/login' });
    const again = openBrowser(fetchApp);
    expect((await again.signIn('sub-41')).status).toBe(302);
    expect(valueAt(await sessionOf(again), 'user', 'id')).not.toBe(before);
  });
});

test('behind a proxy the redirect URI and the cookie are those of its URL', async () => {
  const fetchBehind = app.beside({
    openOidc: openOidcWith({ provider: createOidcProvider(settings), mapping }),
    publicOrigin: 'https://tracklet.example.org',
  });
  const answer = await fetchBehind(new Request('http://127.0.0.1/api/2.0/tracklet/oidc/login'));
  const url = new URL(answer.headers.get('location') ?? '');
  expect(url.searchParams.get('redirect_uri')).toBe('https://tracklet.example.org/api/2.0/tracklet/oidc/callback');
  expect(answer.headers.get('set-cookie')).toMatch(/^__Host-tracklet_sign_in_\w{16}=.*; Secure$/);
});

test('a server without a provider has no such way', async () => {
  for (const path of ['login', 'callback']) {
    expect((await app.anonymous.call('GET', `/api/2.0/tracklet/oidc/${path}`, undefined, {})).status).toBe(404);
  }
});

test('nothing of this was a failure of the server', () => {
  expect(app.reports).toEqual([]);
});
