import type { IdentityStore } from '../store/identity-store.ts';
import type { EdgeStore } from './edge-store.ts';
import type { SigningKey } from './token-codec.ts';

/** What the edge is to know. */
export type EdgeContent = ReadonlyMap<string, string>;

/** AWS: UpdateKeys takes 50 keys. */
const MAX_CHANGES = 50;
/** AWS: in bytes. A token whose entry is longer goes by the API, which decides as well. */
const MAX_KEY_BYTES = 512;
/** Processes that change something at the same time tell of it one after the other. */
const MAX_ATTEMPTS = 4;

/** What the edge knows where no token is good: what a deployment starts with. */
export const CLOSED_EDGE: EdgeContent = new Map([['mode', 'tokens']]);

/**
 * What the edge knows where users sign in (functions/edge): the key that tokens are checked with, and the tokens that let
 * admins at all files. All others are the API's to judge.
 */
export async function contentForUsers(
  store: Pick<IdentityStore, 'listUsers' | 'listTokens'>,
  { keyId, secret }: SigningKey,
  now: number,
): Promise<EdgeContent> {
  const content = new Map([
    ['mode', 'users'],
    [`key/${keyId}`, secret],
  ]);
  for (const { id, username, isAdmin } of await store.listUsers()) {
    if (!isAdmin) continue;
    for (const { tokenId, userId, expiresAt, revokedAt } of await store.listTokens(username)) {
      const key = `all/${tokenId}/${username}`;
      const isAlive = userId === id && expiresAt > now && revokedAt === undefined;
      if (isAlive && Buffer.byteLength(key) <= MAX_KEY_BYTES) content.set(key, '1');
    }
  }
  return content;
}

/**
 * Makes the edge know what `read` gives, and nothing else; what it is to forget goes first. What is read is never older than
 * what it takes the place of: when somebody else writes meanwhile, it is read anew.
 */
export async function tellEdge(edge: EdgeStore, read: () => Promise<EdgeContent>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const version = await edge.getVersion();
    const [wanted, found] = [await read(), await edge.list()];
    try {
      await write(edge, version, wanted, found);
      return;
    } catch (error) {
      if (tries === MAX_ATTEMPTS || (await edge.getVersion()) === version) throw error;
    }
  }
}

async function write(edge: EdgeStore, first: string, wanted: EdgeContent, found: EdgeContent): Promise<void> {
  const deletes = [...found.keys()].filter((key) => !wanted.has(key));
  const puts = [...wanted].filter(([key, value]) => found.get(key) !== value);
  let version = first;
  for (let at = 0; at < deletes.length; at += MAX_CHANGES) {
    version = await edge.write(version, { puts: [], deletes: deletes.slice(at, at + MAX_CHANGES) });
  }
  for (let at = 0; at < puts.length; at += MAX_CHANGES) {
    version = await edge.write(version, { puts: puts.slice(at, at + MAX_CHANGES), deletes: [] });
  }
}

/**
 * The same store; whatever changes which tokens let their holders at all files is told, before it is acknowledged. `tell` must
 * not reject: what was changed holds whether the edge has heard of it or not.
 */
export function tellingOfTokens(store: IdentityStore, tell: () => Promise<void>): IdentityStore {
  const told = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    await tell();
    return result;
  };
  return {
    ...store,
    putToken: (token) => told(store.putToken(token)),
    revokeToken: (username, tokenId, now) => told(store.revokeToken(username, tokenId, now)),
    deleteUser: (username) => told(store.deleteUser(username)),
    updateUser: async (username, change) => {
      let wasAdmin = false;
      const user = await store.updateUser(username, (current) => {
        wasAdmin = current.isAdmin;
        return change(current);
      });
      if (user.isAdmin !== wasAdmin) await tell();
      return user;
    },
  };
}
