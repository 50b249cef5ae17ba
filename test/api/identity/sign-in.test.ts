import { describe, expect, test } from 'vitest';
import { basic, bearer, openGuardedApp } from '../../support/guarded-app.ts';
import { listAt, textAt, valueAt } from '../../support/test-app.ts';

const app = await openGuardedApp();
const WHOAMI = '/api/2.0/tracklet/whoami';
const TOKENS = '/api/2.0/tracklet/tokens';
const whoami = async (client: typeof app.admin) => (await client.call('GET', WHOAMI, undefined, {})).status;
const from = (address: string, authorization: string) =>
  app.fetch(new Request(`http://127.0.0.1${WHOAMI}`, { headers: { authorization } }), {
    incoming: { socket: { remoteAddress: address } },
  });

describe('a password', () => {
  test('lets in whoever has it, and tells who they are', async () => {
    await app.newUser('alice');
    const answer = await app.asUser('alice').call('GET', WHOAMI, undefined, {});
    expect(answer.body).toMatchObject({
      auth: 'basic',
      username: 'alice',
      is_admin: false,
      default_permission: 'READ',
    });
  });

  test.each([
    ['none', undefined],
    ['another scheme', 'Digest x'],
    ['no colon', `Basic ${Buffer.from('alice').toString('base64')}`],
    ['no base64', 'Basic ***'],
    ['an empty one', basic('alice', '')],
    ['one of a name that an object has', basic('__proto__')],
  ])('is asked for where there is %s', async (_, authorization) => {
    expect(await whoami(authorization === undefined ? app.anonymous : app.as(authorization))).toBe(401);
  });

  test('that was changed is refused at once', async () => {
    const bob = await app.newUser('bob');
    expect(await whoami(bob)).toBe(200);
    const body = { username: 'bob', password: 'another long password' };
    await app.admin.call('PATCH', '/api/2.0/mlflow/users/update-password', body);
    expect(await whoami(bob)).toBe(401);
    expect(await whoami(app.asUser('bob', 'another long password'))).toBe(200);
  });

  test('of a user who was deleted is refused at once, and so are their tokens', async () => {
    const carol = await app.newUser('carol');
    const token = await app.newToken(carol, 'READ');
    expect(await whoami(app.as(bearer(token)))).toBe(200);
    await app.admin.call('DELETE', '/api/2.0/mlflow/users/delete', { username: 'carol' });
    expect(await whoami(carol)).toBe(401);
    await app.newUser('carol');
    expect(await whoami(app.as(bearer(token)))).toBe(401);
  });

  test('is never in an answer, nor its hash', async () => {
    const answers = await Promise.all(
      ['/api/2.0/mlflow/users/list', '/api/2.0/mlflow/users/get?username=alice'].map((path) =>
        app.admin.call('GET', path, undefined, {}),
      ),
    );
    expect(JSON.stringify(answers.map(({ body }) => body))).not.toMatch(/scrypt|hash|correct horse/);
  });
});

describe('failed sign-ins', () => {
  test('are slowed down for a user from an address, and heard again soon', async () => {
    await app.newUser('dave');
    const tries = [];
    for (let at = 0; at < 25; at += 1) tries.push((await from('10.0.0.1', basic('dave', `guess ${at}`))).status);
    expect(tries.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(new Set(tries.slice(20))).toEqual(new Set([429]));
    const refused = await from('10.0.0.1', basic('dave'));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error_code: 'REQUEST_LIMIT_EXCEEDED' });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(5);
    app.pass(wait * 1000);
    expect((await from('10.0.0.1', basic('dave'))).status).toBe(200);
  });

  test('do not keep out who signs in elsewhere, or did before', async () => {
    await app.newUser('erin');
    expect((await from('10.0.0.3', basic('erin'))).status).toBe(200);
    for (let at = 0; at < 30; at += 1) await from('10.0.0.3', basic('erin', `guess ${at}`));
    expect((await from('10.0.0.3', basic('erin', 'guess'))).status).toBe(429);
    expect((await from('10.0.0.3', basic('erin'))).status).toBe(200);
    expect((await from('10.0.0.4', basic('erin', 'guess'))).status).toBe(401);
  });

  test('of many users are slowed down for the address', async () => {
    const tries = [];
    for (let at = 0; at < 70; at += 1) tries.push((await from('10.0.0.5', basic(`nobody ${at}`))).status);
    expect(tries.filter((status) => status === 429).length).toBeGreaterThan(5);
    expect((await from('10.0.0.6', basic('nobody'))).status).toBe(401);
  });
});

describe('a token', () => {
  test('is shown once, listed without itself, and dead once it is revoked', async () => {
    const frank = await app.newUser('frank');
    const token = await app.newToken(frank, 'EDIT', { name: 'nightly' });
    expect(token).toMatch(/^tracklet_/);
    const client = app.as(bearer(token));
    expect(await whoami(client)).toBe(200);
    const listed = await frank.call('GET', TOKENS, undefined, {});
    expect(listAt(listed, 'tokens')).toMatchObject([{ name: 'nightly', role: 'EDIT', username: 'frank' }]);
    expect(valueAt(listed, 'tokens', 0, 'last_used_time')).toBeTypeOf('number');
    expect(JSON.stringify(listed.body)).not.toContain(token.slice(-20));
    const id = textAt(listed, 'tokens', 0, 'token_id');
    expect((await frank.call('DELETE', TOKENS, { token_id: id })).status).toBe(200);
    expect(await whoami(client)).toBe(401);
    expect((await frank.call('DELETE', TOKENS, { token_id: 'none' })).status).toBe(404);
  });

  test('also comes as the password of anybody', async () => {
    const token = await app.newToken(app.asUser('frank'), 'READ');
    const answer = await app.asUser('whoever', token).call('GET', WHOAMI, undefined, {});
    expect(answer.body).toMatchObject({ username: 'frank', token: { role: 'READ' } });
  });

  test('cannot be traded for a better one', async () => {
    const frank = app.asUser('frank');
    const make = async (token: string, role: string) =>
      (await app.as(bearer(token)).call('POST', TOKENS, { name: 'x', role })).status;
    expect(await make(await app.newToken(frank, 'MANAGE'), 'ADMIN')).toBe(403);
    expect(await make(await app.newToken(frank, 'MANAGE'), 'MANAGE')).toBe(200);
    expect(await make(await app.newToken(frank, 'EDIT'), 'READ')).toBe(403);
    expect(await make(await app.newToken(frank, 'MANAGE', { experiment_ids: ['0'] }), 'READ')).toBe(403);
  });

  test('of another user only an admin makes, lists or revokes', async () => {
    const frank = app.asUser('frank');
    const about = { username: 'alice', name: 'x', role: 'READ', token_id: 'x' };
    for (const method of ['POST', 'DELETE']) expect((await frank.call(method, TOKENS, about)).status).toBe(403);
    expect((await frank.call('GET', `${TOKENS}?username=alice`, undefined, {})).status).toBe(403);
    expect((await app.admin.call('POST', TOKENS, about)).status).toBe(200);
    expect(listAt(await app.admin.call('GET', `${TOKENS}?username=alice`, undefined, {}), 'tokens')).toHaveLength(1);
  });

  test.each([
    ['no name', { role: 'READ' }],
    ['a name without end', { name: 'x'.repeat(201), role: 'READ' }],
    ['no role', { name: 'x' }],
    ['an unknown role', { name: 'x', role: 'OWNER' }],
    ['no time', { name: 'x', role: 'READ', lifetime_seconds: 0 }],
    ['endless time', { name: 'x', role: 'READ', lifetime_seconds: 10 ** 9 }],
    ['an experiment that is none', { name: 'x', role: 'READ', experiment_ids: ['a'] }],
    [
      'more experiments than fit',
      { name: 'x', role: 'READ', experiment_ids: Array.from({ length: 500 }, (_, id) => `${id}`) },
    ],
  ])('with %s is refused', async (_, body) => {
    expect((await app.admin.call('POST', TOKENS, body)).status).toBe(400);
  });
});

test('nothing of this was a failure of the server', () => {
  expect(app.reports).toEqual([]);
});
