import { describe, expect, test } from 'vitest';
import { basic, openGuardedApp, PASSWORD } from '../../support/guarded-app.ts';
import { openTestApp, readAnswer } from '../../support/test-app.ts';

const app = await openGuardedApp();
const SESSION = '/api/2.0/tracklet/session';
const JSON_TYPE = { 'content-type': 'application/json' };
const HOUR_MS = 3_600_000;

type Headers = Readonly<Record<string, string>>;
const NONE: Headers = {};

const send = (method: string, path: string, headers: Headers = {}, body?: object, origin = 'http://127.0.0.1') =>
  app.fetch(
    new Request(origin + path, { method, headers: { ...JSON_TYPE, ...headers }, body: body && JSON.stringify(body) }),
  );
const signIn = (username: string, password = PASSWORD, origin?: string) =>
  send('POST', SESSION, {}, { username, password }, origin);
const whoami = async (headers: Headers, origin?: string) =>
  (await send('GET', '/api/2.0/tracklet/whoami', headers, undefined, origin)).status;
const createExperiment = (headers: Headers, name: string) =>
  send('POST', '/api/2.0/mlflow/experiments/create', headers, { name });

describe('signing in', () => {
  test('sets a cookie that no script sees, and tells who came and what a page must send', async () => {
    await app.newUser('alice');
    const response = await signIn('alice');
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^tracklet_session=[\w-]+\.[0-9a-f]{64}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/),
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await readAnswer(response)).body).toEqual({
      auth: 'basic',
      user: { id: expect.any(Number), username: 'alice', is_admin: false },
      csrf_token: expect.stringMatching(/^[\w-]{43}$/),
      expiration_time: expect.any(Number),
    });
  });

  test('over https sets one that goes nowhere else', async () => {
    const https = 'https://tracklet.example.org';
    const response = await signIn('alice', PASSWORD, https);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-tracklet_session=.*; Path=\/; .*; Secure$/);
    expect(cookie).not.toContain('Domain');
    const [pair = ''] = cookie.split(';');
    expect(await whoami({ cookie: pair }, https)).toBe(200);
    // Without the prefix, another host of the domain could have set it.
    expect(await whoami({ cookie: pair.replace('__Host-', '') }, https)).toBe(401);
    expect(await whoami({ cookie: pair })).toBe(401);
  });

  test.each([
    ['a wrong password', 'alice', 'not the password'],
    ['an empty password', 'alice', ' '],
    ['an unknown user', 'nobody', PASSWORD],
  ])('with %s is refused, always in the same words and without a box of the browser', async (_, name, password) => {
    const response = await signIn(name, password);
    expect(response.status).toBe(401);
    expect(response.headers.has('www-authenticate')).toBe(false);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.json()).toEqual({ error_code: 'UNAUTHENTICATED', message: 'Wrong username or password.' });
  });

  test('needs JSON, which a form of another site cannot send', async () => {
    const body = JSON.stringify({ username: 'alice', password: PASSWORD });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const request = new Request(`http://127.0.0.1${SESSION}`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      expect((await app.fetch(request)).status, type).toBe(400);
    }
    expect((await send('POST', SESSION, {}, { username: 'alice' })).status).toBe(400);
  });

  test('is slowed down after many failures', async () => {
    await app.newUser('bob');
    const statuses = [];
    for (let at = 0; at < 25; at += 1) statuses.push((await signIn('bob', `guess ${at}`)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    const refused = await signIn('bob');
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    app.pass(wait * 1000);
    expect((await signIn('bob')).status).toBe(200);
    app.pass(HOUR_MS);
  });

  test('is in the audit: who did, and whose name was tried in vain', async () => {
    await app.newUser('carol');
    await signIn('carol');
    app.pass(HOUR_MS);
    await signIn('carol', 'wrong');
    const from = '/api/2.0/tracklet/audit?operation=POST%20/tracklet/session&max_results=2';
    const { body } = await app.admin.call('GET', from, undefined, {});
    expect(body).toMatchObject({
      entries: [
        { subject: 'username=carol', outcome: 'refused', status: 401 },
        { subject: 'username=carol', username: 'carol', outcome: 'done', status: 200 },
      ],
    });
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
  });
});

describe('a session', () => {
  test('tells its page who it is of, and nobody else anything', async () => {
    await app.newUser('dave');
    const { cookie, csrfToken } = await app.newSession('dave');
    const told = await readAnswer(await send('GET', SESSION, { cookie }));
    expect(told.body).toMatchObject({ auth: 'basic', user: { username: 'dave' }, csrf_token: csrfToken });
    for (const headers of [NONE, { cookie: 'tracklet_session=x' }, { cookie: `${cookie}0` }, { cookie: 'a=b; c' }]) {
      const nobody = await send('GET', SESSION, headers);
      expect([nobody.status, await nobody.json()]).toEqual([200, { auth: 'basic' }]);
    }
    // By password there is a user, and no session.
    const byPassword = await readAnswer(await send('GET', SESSION, { authorization: basic('dave') }));
    expect(byPassword.body).toEqual({ auth: 'basic', user: expect.objectContaining({ username: 'dave' }) });
  });

  test('reads without more, and writes with the token of its page alone', async () => {
    const [{ cookie, csrfToken }, other] = [await app.newSession('dave'), await app.newSession('dave')];
    expect(await whoami({ cookie })).toBe(200);
    for (const headers of [
      NONE,
      { 'x-tracklet-csrf': '' },
      { 'x-tracklet-csrf': 'x' },
      { 'x-tracklet-csrf': csrfToken.slice(0, -1) },
      { 'x-tracklet-csrf': other.csrfToken },
    ]) {
      const refused = await createExperiment({ cookie, ...headers }, 'forged');
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({
        error_code: 'PERMISSION_DENIED',
        message: expect.stringContaining('x-tracklet-csrf'),
      });
    }
    expect((await createExperiment({ cookie, 'x-tracklet-csrf': csrfToken }, 'of the page')).status).toBe(200);
    // Uploads are writes, too, though they are no JSON.
    const put = (headers: Headers) =>
      send('PUT', '/api/2.0/mlflow-artifacts/artifacts/0/x/artifacts/f', { cookie, ...headers });
    expect([(await put({})).status, (await put({ 'x-tracklet-csrf': csrfToken })).status]).toEqual([403, 403]);
  });

  test('matters not to who sends credentials of their own', async () => {
    const { cookie } = await app.newSession('dave');
    await app.newUser('erin');
    const answer = await readAnswer(
      await send('GET', '/api/2.0/tracklet/whoami', { cookie, authorization: basic('erin') }),
    );
    expect(answer.body).toMatchObject({ username: 'erin' });
    expect((await createExperiment({ cookie, authorization: basic('erin') }, 'by erin')).status).toBe(200);
    expect(await whoami({ cookie, authorization: basic('erin', 'wrong') })).toBe(401);
  });

  test('ends when its user signs out, at once and not the others', async () => {
    const [one, other] = [await app.newSession('dave'), await app.newSession('dave')];
    expect((await send('DELETE', SESSION, { cookie: one.cookie })).status).toBe(403);
    const out = await send('DELETE', SESSION, { cookie: one.cookie, 'x-tracklet-csrf': one.csrfToken });
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie()).toEqual(['tracklet_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax']);
    expect([await whoami({ cookie: one.cookie }), await whoami({ cookie: other.cookie })]).toEqual([401, 200]);
    // Once more does no harm.
    expect((await send('DELETE', SESSION, { cookie: one.cookie })).status).toBe(200);
    expect((await send('DELETE', SESSION)).status).toBe(200);
  });

  test('ends when nobody used it for half a day, and lives on when somebody did', async () => {
    const { cookie } = await app.newSession('dave');
    for (let at = 0; at < 3; at += 1) {
      app.pass(11 * HOUR_MS);
      expect(await whoami({ cookie })).toBe(200);
    }
    app.pass(12 * HOUR_MS);
    expect(await whoami({ cookie })).toBe(401);
  });

  test('ends after a week, however busy it was', async () => {
    const { cookie } = await app.newSession('dave');
    for (let at = 0; at < 15; at += 1) {
      app.pass(11 * HOUR_MS);
      expect(await whoami({ cookie })).toBe(200);
    }
    app.pass(4 * HOUR_MS);
    expect(await whoami({ cookie })).toBe(401);
  });

  test('ends with the password, whoever changes it', async () => {
    await app.newUser('frank');
    const [one, other] = [await app.newSession('frank'), await app.newSession('frank')];
    const change = { username: 'frank', password: 'another long password', current_password: PASSWORD };
    const headers = { cookie: one.cookie, 'x-tracklet-csrf': one.csrfToken };
    expect((await send('PATCH', '/api/2.0/mlflow/users/update-password', headers, change)).status).toBe(200);
    expect([await whoami({ cookie: one.cookie }), await whoami({ cookie: other.cookie })]).toEqual([401, 401]);
    const { cookie } = await app.newSession('frank', 'another long password');
    expect(await whoami({ cookie })).toBe(200);
    const byAdmin = { username: 'frank', password: PASSWORD };
    await app.admin.call('PATCH', '/api/2.0/mlflow/users/update-password', byAdmin);
    expect(await whoami({ cookie })).toBe(401);
  });

  test('ends with its user, and is not of who comes later by the same name', async () => {
    await app.newUser('grace');
    const { cookie } = await app.newSession('grace');
    await app.admin.call('DELETE', '/api/2.0/mlflow/users/delete', { username: 'grace' });
    expect(await whoami({ cookie })).toBe(401);
    await app.newUser('grace');
    expect(await whoami({ cookie })).toBe(401);
  });

  test('of another server over the same table is known, and its end, too', async () => {
    const fetchOther = app.beside({});
    const { cookie, csrfToken } = await app.newSession('dave');
    const ask = async () =>
      (await fetchOther(new Request('http://127.0.0.1/api/2.0/tracklet/whoami', { headers: { cookie } }))).status;
    expect(await ask()).toBe(200);
    await send('DELETE', SESSION, { cookie, 'x-tracklet-csrf': csrfToken });
    expect(await ask()).toBe(401);
  });

  test.each([
    ['a letter less', (text: string) => text.slice(0, -1)],
    ['another last letter', (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['the name of another', (text: string) => text.replace(/=[^.]+/, `=${Buffer.from('root').toString('base64url')}`)],
    ['no name', (text: string) => text.replace(/=[^.]+/, '=')],
    ['a name that is no text', (text: string) => text.replace(/=[^.]+/, '=_____')],
    ['a name without end', (text: string) => text.replace(/=[^.]+/, `=${'A'.repeat(3000)}`)],
  ])('with %s is none', async (_, change) => {
    const { cookie } = await app.newSession('dave');
    expect(await whoami({ cookie: change(cookie) })).toBe(401);
  });
});

describe('who is not signed in is asked to', () => {
  const ask = (headers: Headers) => send('GET', '/api/2.0/mlflow/experiments/get?experiment_id=0', headers);

  test('as MLflow does it, where a program asks', async () => {
    const response = await ask({});
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="mlflow"');
    expect(await response.text()).toMatch(/^You are not authenticated\. Please see https:\/\/www\.mlflow\.org\//);
  });

  test.each<[string, Headers]>([
    ['a browser', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
    ['a page of ours', { 'x-tracklet-csrf': '' }],
    ['a page', { 'x-requested-with': 'XMLHttpRequest' }],
    ['whoever has a cookie', { cookie: 'tracklet_session=over' }],
  ])('without a box of the browser, where %s asks', async (_, headers) => {
    const response = await ask(headers);
    expect(response.status).toBe(401);
    expect(response.headers.has('www-authenticate')).toBe(false);
    expect(await response.json()).toMatchObject({ error_code: 'UNAUTHENTICATED' });
  });
});

test('a server without users says so', async () => {
  const open = await openTestApp();
  expect((await open.call('GET', SESSION, undefined, {})).body).toEqual({ auth: 'none' });
  expect((await open.call('POST', SESSION, { username: 'x', password: 'y' })).status).toBe(405);
});

test('nothing of this was a failure of the server', () => {
  expect(app.reports).toEqual([]);
});
