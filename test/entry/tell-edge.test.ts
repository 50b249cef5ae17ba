import { describe, expect, test } from 'vitest';
import type { EdgeStore } from '../../functions/entry/edge-store.ts';
import {
  CLOSED_EDGE,
  contentForUsers,
  type EdgeContent,
  tellEdge,
  tellingOfTokens,
} from '../../functions/entry/tell-edge.ts';
import { createTokenCodec } from '../../functions/entry/token-codec.ts';
import { hmacSha256 } from '../../functions/platform/system.ts';
import { keyValuesOf, loadEdgeFunction } from '../../local/front/edge-function.ts';
import { ROAD, requestOf, SOURCE } from '../edge/edge-bench.ts';
import { openIdentityStore } from '../support/identity-store.ts';
import { memoryEdge } from './memory-edge.ts';

const KEY = { keyId: 'k1', secret: 'the secret of these tests' };
const store = await openIdentityStore();
const codec = createTokenCodec({ key: async () => KEY, hmac: hmacSha256, clock: () => Date.now() });
const inAnHour = () => (Math.floor(Date.now() / 1000) + 3600) * 1000;

/** Keeps a token of a user, and gives its text. */
async function newToken(
  username: string,
  tokenId: string,
  more: { readonly expiresAt?: number; readonly userId?: number } = {},
) {
  const user = await store.findUser(username);
  const record = {
    tokenId,
    name: 'a token',
    username,
    userId: user?.id ?? 0,
    role: 'ADMIN' as const,
    experimentIds: undefined,
    createdAt: 1,
    expiresAt: inAnHour(),
    lastUsedAt: undefined,
    revokedAt: undefined,
    ...more,
  };
  await store.putToken(record);
  return codec.sign({ ...record, expiresAt: record.expiresAt / 1000 });
}

const content = () => contentForUsers(store, KEY, Date.now());

/** What the built edge function makes of a file's request: `S3`, `API`, or the status of its refusal. */
async function wayOf(known: EdgeContent, token: string): Promise<unknown> {
  const run = loadEdgeFunction(SOURCE, keyValuesOf(known));
  const headers = { authorization: `Bearer ${token}`, 'content-length': '5' };
  const outcome = await run({ request: requestOf('PUT', `${ROAD}/7/run/artifacts/a.txt`, headers) });
  if (outcome.kind === 'response') return outcome.response.statusCode;
  return outcome.origins ? 'S3' : 'API';
}

await store.createUser({ username: 'root', passwordHash: 'x', isAdmin: true });
await store.createUser({ username: 'ann', passwordHash: 'x', isAdmin: false });

describe('what the edge is told', () => {
  test('leads the tokens of admins to S3, and asks the API about all others', async () => {
    const [admins, users] = [await newToken('root', 'of-root'), await newToken('ann', 'of-ann')];
    const known = await content();
    expect(await wayOf(known, admins)).toBe('S3');
    expect(await wayOf(known, users)).toBe('API');
    expect([...known.keys()]).toEqual(['mode', 'key/k1', 'all/of-root/root']);
  });

  test('refuses what another key signed, and what is none of ours', async () => {
    const other = createTokenCodec({
      key: async () => ({ keyId: 'k2', secret: 'x' }),
      hmac: hmacSha256,
      clock: Date.now,
    });
    const forged = await other.sign({
      tokenId: 'of-root',
      username: 'root',
      role: 'ADMIN',
      expiresAt: inAnHour() / 1000,
      experimentIds: undefined,
    });
    expect(await wayOf(await content(), forged)).toBe(401);
    const token = await newToken('root', 'swapped');
    expect(
      await wayOf(
        await content(),
        token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      ),
    ).toBe(401);
  });

  test('holds no token that was revoked, is over, or was another’s by the name', async () => {
    const revoked = await newToken('root', 'revoked');
    expect(await wayOf(await content(), revoked)).toBe('S3');
    await store.revokeToken('root', 'revoked', Date.now());
    await newToken('root', 'over', { expiresAt: 1000 });
    await newToken('root', 'before', { userId: 999 });
    const known = await content();
    expect([...known.keys()].filter((key) => /revoked|over|before/.test(key))).toEqual([]);
    // The API then refuses it.
    expect(await wayOf(known, revoked)).toBe('API');
  });

  test('holds no tokens of who is no admin any more', async () => {
    await store.createUser({ username: 'former', passwordHash: 'x', isAdmin: true });
    const token = await newToken('former', 'of-former');
    expect(await wayOf(await content(), token)).toBe('S3');
    await store.updateUser('former', (user) => ({ ...user, isAdmin: false }));
    expect(await wayOf(await content(), token)).toBe('API');
  });

  test('leaves out what is too long for a key', async () => {
    const username = 'ü'.repeat(251);
    await store.createUser({ username, passwordHash: 'x', isAdmin: true });
    const token = await newToken(username, 'of-long');
    const known = await content();
    expect([...known.keys()].some((key) => key.includes('of-long'))).toBe(false);
    expect(await wayOf(known, token)).toBe('API');
    await store.deleteUser(username);
  });
});

describe('the edge', () => {
  test('knows what it was told, and nothing that it knew before', async () => {
    const { edge, known } = memoryEdge([...CLOSED_EDGE, ['key/old', 's'], ['all/gone/root', '1']]);
    await tellEdge(edge, content);
    expect(new Map(known)).toEqual(await content());
    await tellEdge(edge, async () => CLOSED_EDGE);
    expect(new Map(known)).toEqual(CLOSED_EDGE);
  });

  test('is written to only when there is something to tell', async () => {
    const { edge, writes } = memoryEdge(await content());
    await tellEdge(edge, content);
    expect(writes).toEqual([]);
  });

  test('forgets first, and takes fifty changes at a time', async () => {
    const many = Array.from({ length: 120 }, (_, at): [string, string] => [`all/t${at}/root`, '1']);
    const { edge, known, writes } = memoryEdge([
      ['mode', 'users'],
      ['all/old/root', '1'],
    ]);
    await tellEdge(edge, async () => new Map([['mode', 'users'], ...many]));
    expect(writes.map(({ puts, deletes }) => [puts.length, deletes.length])).toEqual([
      [0, 1],
      [50, 0],
      [50, 0],
      [20, 0],
    ]);
    expect(known.size).toBe(121);
  });

  test('hears the latest when two tell it at once', async () => {
    const { edge, known } = memoryEdge([
      ['mode', 'users'],
      ['all/a/root', '1'],
    ]);
    let wanted = new Map([
      ['mode', 'users'],
      ['all/a/root', '1'],
      ['all/b/root', '1'],
    ]);
    let isFirst = true;
    const meanwhile: EdgeStore = {
      ...edge,
      write: async (version, change) => {
        if (isFirst) {
          isFirst = false;
          wanted = new Map([['mode', 'users']]);
          await tellEdge(edge, async () => wanted);
        }
        return edge.write(version, change);
      },
    };
    await tellEdge(meanwhile, async () => wanted);
    expect([...known.keys()]).toEqual(['mode']);
  });

  test('that cannot be written to is a failure', async () => {
    const { edge } = memoryEdge([]);
    const broken: EdgeStore = { ...edge, write: async () => Promise.reject(new Error('no leave')) };
    await expect(tellEdge(broken, content)).rejects.toThrow('no leave');
  });
});

describe('a store that tells of tokens', () => {
  test('does so when one is made or ends, or its user changes, before that is acknowledged', async () => {
    const told: string[] = [];
    const telling = tellingOfTokens(store, async () => {
      told.push((await content()).size.toString());
    });
    const user = await telling.createUser({ username: 'boss', passwordHash: 'x', isAdmin: true });
    expect(told).toEqual([]);
    const before = (await content()).size;
    await telling.putToken({
      tokenId: 'of-boss',
      name: 'n',
      username: 'boss',
      userId: user.id,
      role: 'ADMIN',
      experimentIds: undefined,
      createdAt: 1,
      expiresAt: inAnHour(),
      lastUsedAt: undefined,
      revokedAt: undefined,
    });
    await telling.updateUser('boss', (current) => ({ ...current, passwordHash: 'y' }));
    await telling.updateUser('boss', (current) => ({ ...current, isAdmin: false }));
    await telling.updateUser('boss', (current) => ({ ...current, isAdmin: true }));
    await telling.revokeToken('boss', 'of-boss', Date.now());
    await telling.deleteUser('boss');
    expect(told.map((size) => Number(size) - before)).toEqual([1, 0, 1, 0, 0]);
  });
});
