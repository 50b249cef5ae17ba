import { beforeEach, describe, expect, test } from 'vitest';
import { mintToken } from '../../../functions/domain/token.ts';
import { tokenCrypto } from '../../../functions/platform/token-crypto.ts';
import { basic, bearer } from '../../support/guarded-app.ts';
import { callers, listAt, textAt } from '../../support/test-app.ts';
import { openGuardedFront, TOKEN_KEY } from './open-front.ts';

const front = await openGuardedFront();
const ROOT = '/api/2.0/mlflow-artifacts/artifacts';
const TOKENS = '/api/2.0/tracklet/tokens';
const REVOKE = '/api/3.0/mlflow/users/permissions/revoke';
const GRANT = '/api/3.0/mlflow/users/permissions/grant';

const as = (authorization: string | undefined) =>
  callers(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    if (authorization !== undefined) headers.set('authorization', authorization);
    // Bytes, so that the size is told as clients tell it.
    const body = request.body === null ? undefined : await request.arrayBuffer();
    return fetch(front.url + pathname + search, { method: request.method, headers, body });
  });
const root = as(basic('root'));

async function newUser(username: string, isAdmin = false) {
  await root.post('users/create', { username, password: 'correct horse battery' });
  if (isAdmin) await root.call('PATCH', '/api/2.0/mlflow/users/update-admin', { username, is_admin: true });
  return as(basic(username));
}

async function newToken(owner: ReturnType<typeof as>, role: string, more: object = {}) {
  const made = await owner.call('POST', TOKENS, { name: 'a token', role, ...more });
  return { client: as(bearer(textAt(made, 'token'))), tokenId: textAt(made, 'token_info', 'token_id') };
}

const experimentId = await root.newExperiment();
const file = `${ROOT}/${experimentId}/run/artifacts/a.txt`;
const put = (client: ReturnType<typeof as>, body = 'x', path = file) => client.call('PUT', path, body, {});
const get = (client: ReturnType<typeof as>, path = file) => client.call('GET', path, undefined, {});

beforeEach(async () => {
  await put(root, 'hers');
  front.apiCalls.length = 0;
});

/** The calls of files that reached the API. */
const filesOfApi = () => front.apiCalls.filter((call) => call.includes('artifacts'));

describe('a token of an admin', () => {
  test('takes files past the API, as far as it goes', async () => {
    const { client } = await newToken(root, 'EDIT');
    expect((await put(client, 'past')).status).toBe(200);
    expect((await get(client)).body).toBe('past');
    expect(filesOfApi()).toEqual([]);
    const reading = await newToken(root, 'READ');
    expect((await get(reading.client)).body).toBe('past');
    expect((await put(reading.client)).status).toBe(403);
    const elsewhere = await newToken(root, 'EDIT', { experiment_ids: [await root.newExperiment()] });
    expect((await get(elsewhere.client)).status).toBe(403);
    expect((await put(elsewhere.client)).status).toBe(403);
    expect(filesOfApi()).toEqual([]);
  });

  test('is answered by the API where there is no file', async () => {
    const { client } = await newToken(root, 'READ');
    const answer = await get(client, `${file}.none`);
    expect(answer).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });

  test('is dead once it is revoked', async () => {
    const { client, tokenId } = await newToken(root, 'EDIT');
    expect((await get(client)).status).toBe(200);
    await root.call('DELETE', TOKENS, { token_id: tokenId });
    expect((await get(client)).status).toBe(401);
    expect((await put(client)).status).toBe(401);
  });

  test('is worth what its user is, at once', async () => {
    const ada = await newUser('ada', true);
    const { client } = await newToken(ada, 'ADMIN');
    expect((await put(client)).status).toBe(200);
    await root.call('PATCH', '/api/2.0/mlflow/users/update-admin', { username: 'ada', is_admin: false });
    expect((await put(client)).status).toBe(403);
    expect((await get(client)).status).toBe(403);
    await root.call('PATCH', '/api/2.0/mlflow/users/update-admin', { username: 'ada', is_admin: true });
    expect((await get(client)).status).toBe(200);
    await root.call('DELETE', '/api/2.0/mlflow/users/delete', { username: 'ada' });
    expect((await get(client)).status).toBe(401);
    await newUser('ada', true);
    expect((await get(client)).status).toBe(401);
  });
});

describe('a token of somebody else', () => {
  test('opens what its user may, and nothing else', async () => {
    const bob = await newUser('bob');
    for (const role of ['READ', 'EDIT', 'MANAGE', 'ADMIN']) {
      const { client } = await newToken(bob, role);
      expect((await get(client)).status, role).toBe(403);
      expect((await put(client, 'his')).status, role).toBe(403);
    }
    const limited = await newToken(bob, 'MANAGE', { experiment_ids: [experimentId] });
    expect((await get(limited.client)).status).toBe(403);
    expect((await put(limited.client, 'his')).status).toBe(403);
    expect((await get(root)).body).toBe('hers');
    const granted = { username: 'bob', resource_type: 'experiment', resource_id: experimentId, permission: 'READ' };
    expect((await root.call('POST', GRANT, granted)).status).toBe(200);
    expect((await get(limited.client)).body).toBe('hers');
    expect((await put(limited.client, 'his')).status).toBe(403);
    await root.call('POST', REVOKE, granted);
    expect((await get(limited.client)).status).toBe(403);
    await root.call('POST', GRANT, { ...granted, permission: 'EDIT' });
    expect((await put(limited.client, 'his')).status).toBe(200);
    expect((await get(limited.client)).body).toBe('his');
  });
});

describe('who shows no token of this server', () => {
  test('is told to sign in by the API', async () => {
    for (const authorization of [undefined, 'Bearer another-token', basic('root', 'wrong'), basic('nobody')]) {
      for (const answer of [await get(as(authorization)), await put(as(authorization))]) {
        expect(answer.status, authorization).toBe(401);
        expect(answer.body).toContain('You are not authenticated.');
      }
    }
    expect((await get(root)).body).toBe('hers');
  });

  test('by a forged one is refused', async () => {
    const claims = { username: 'root', role: 'ADMIN', expiresAt: 4_000_000_000, experimentIds: undefined } as const;
    const token = mintToken({ ...claims, keyId: TOKEN_KEY.keyId, tokenId: 't' }, 'another secret', tokenCrypto);
    expect((await get(as(bearer(token)))).status).toBe(401);
  });

  test('by one that was made without a record is told so', async () => {
    const claims = { username: 'root', role: 'ADMIN', expiresAt: 4_000_000_000, experimentIds: undefined } as const;
    const token = mintToken({ ...claims, keyId: TOKEN_KEY.keyId, tokenId: 't' }, TOKEN_KEY.secret, tokenCrypto);
    for (const answer of [await get(as(bearer(token))), await as(bearer(token)).get('experiments/search')]) {
      expect(answer.status).toBe(401);
      expect(answer.body).toContain('There is no record of this token');
    }
  });
});

describe('the audit', () => {
  /** What it has of files at a path, the latest first. */
  const entriesOn = async (path: string) => {
    const answer = await root.call('GET', '/api/2.0/tracklet/audit');
    return listAt(answer, 'entries').filter((entry) => Object(entry).subject === `path=${path}`);
  };
  const place = `${experimentId}/run/artifacts`;

  test('has what went past the API: writes and refusals, not reads', async () => {
    const { client, tokenId } = await newToken(root, 'EDIT');
    const reading = await newToken(root, 'READ');
    await put(client, 'x', `${ROOT}/${place}/a%20b.txt`);
    expect((await get(client, `${ROOT}/${place}/a%20b.txt`)).status).toBe(200);
    const operation = 'PUT /mlflow-artifacts/artifacts/:artifact_path{.+}';
    const written = { operation, username: 'root', token_id: tokenId, outcome: 'done', status: 200 };
    await expect.poll(() => entriesOn(`${place}/a b.txt`)).toEqual([expect.objectContaining(written)]);
    await put(reading.client, 'x', `${ROOT}/${place}/c.txt`);
    const refused = { operation, username: 'root', token_id: reading.tokenId, outcome: 'refused', status: 403 };
    await expect.poll(() => entriesOn(`${place}/c.txt`)).toEqual([expect.objectContaining(refused)]);
    expect(front.reports).toEqual([]);
  });
});
