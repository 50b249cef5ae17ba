import { beforeEach, describe, expect, test } from 'vitest';
import type { TokenRecord } from '../../../functions/domain/access-token.ts';
import type { AuditEntry } from '../../../functions/domain/audit.ts';
import type { SessionRecord } from '../../../functions/domain/session.ts';
import type { IdentityStore } from '../../../functions/store/identity-store.ts';
import type { OpenStore } from '../store-suite.ts';

const newUser = (username: string) => ({ username, passwordHash: 'hash', isAdmin: false });

const newToken = (tokenId: string, more: Partial<TokenRecord> = {}): TokenRecord => ({
  tokenId,
  name: 'a job',
  username: 'alice',
  userId: 1,
  role: 'EDIT',
  experimentIds: undefined,
  createdAt: 1000,
  expiresAt: 2_000_000_000_000,
  lastUsedAt: undefined,
  revokedAt: undefined,
  ...more,
});

const newSession = (sessionId: string, more: Partial<SessionRecord> = {}): SessionRecord => ({
  sessionId,
  username: 'alice',
  userId: 1,
  createdAt: 1000,
  expiresAt: 2_000_000_000_000,
  lastUsedAt: 1000,
  ...more,
});

const HOUR_MS = 3_600_000;

const entryAt = (time: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: time.toString(16).padStart(12, '0'),
  time,
  username: 'alice',
  tokenId: undefined,
  operation: 'POST /mlflow/runs/create',
  subject: 'experiment 1',
  address: '127.0.0.1',
  outcome: 'done',
  status: 200,
  ...more,
});

/** Users, roles, tokens and the audit. */
export function describeIdentity(open: OpenStore): void {
  describe('identity', () => {
    let identity: IdentityStore;
    beforeEach(async () => {
      ({ identity } = await open());
    });

    test('keeps users under ids that count up', async () => {
      const alice = await identity.createUser(newUser('alice'));
      const bob = await identity.createUser({ ...newUser('b~#é'), isAdmin: true });
      expect(alice).toEqual({ ...newUser('alice'), id: 1, grants: [], roles: [] });
      expect(await identity.findUser('b~#é')).toEqual(bob);
      expect(await identity.listUsers()).toEqual([alice, bob]);
      expect(await identity.findUser('ALICE')).toBeUndefined();
    });

    test('gives a name once, however many ask for it', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => identity.createUser(newUser('alice'))));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      await expect(identity.createUser(newUser('alice'))).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
    });

    test('loses no grant of many that are made at the same time', async () => {
      await identity.createUser(newUser('alice'));
      const grant = (id: number) =>
        identity.updateUser('alice', (user) => ({
          ...user,
          grants: [...user.grants, { resourceType: 'experiment', resourcePattern: String(id), permission: 'EDIT' }],
        }));
      await Promise.all(Array.from({ length: 10 }, (_, id) => grant(id)));
      expect((await identity.findUser('alice'))?.grants).toHaveLength(10);
    });

    test('keeps a user with ten thousand grants', async () => {
      await identity.createUser(newUser('alice'));
      const grants = Array.from({ length: 10_000 }, (_, id) => ({
        resourceType: 'experiment' as const,
        resourcePattern: String(id),
        permission: 'MANAGE' as const,
      }));
      await identity.updateUser('alice', (user) => ({ ...user, grants }));
      expect((await identity.findUser('alice'))?.grants).toEqual(grants);
      expect(await identity.listUsers()).toHaveLength(1);
    });

    test('deletes a user with their tokens', async () => {
      await identity.createUser(newUser('alice'));
      await identity.putToken(newToken('t'));
      await identity.deleteUser('alice');
      expect(await identity.findUser('alice')).toBeUndefined();
      expect(await identity.findToken('alice', 't')).toBeUndefined();
      expect((await identity.createUser(newUser('alice'))).id).toBe(2);
      for (const act of [() => identity.deleteUser('who'), () => identity.updateUser('who', (user) => user)]) {
        await expect(act()).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
      }
    });

    test('keeps roles, and loses none of many that are made at the same time', async () => {
      expect((await identity.getRoles()).roles).toEqual([]);
      const add = () =>
        identity.updateRoles((book) => {
          const id = book.lastRoleId + 1;
          const role = { id, name: `r${id}`, workspace: 'default', description: 'd', permissions: [] };
          return { ...book, roles: [...book.roles, role], lastRoleId: id };
        });
      await Promise.all(Array.from({ length: 5 }, add));
      expect((await identity.getRoles()).roles.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    });

    test('keeps what it is told of tokens, the newest first', async () => {
      const early = newToken('b');
      const late = newToken('a', { createdAt: 2000, experimentIds: ['1', '2'], role: 'ADMIN' });
      const bound = newToken('c', { createdAt: 500, experimentIds: [], registeredModels: ['a model', 'b'] });
      await identity.putToken(bound);
      for (const token of [early, late, late]) await identity.putToken(token);
      expect(await identity.listTokens('alice')).toEqual([late, early, bound]);
      expect(await identity.findToken('alice', 'a')).toEqual(late);
      expect(await identity.listTokens('bob')).toEqual([]);
    });

    test('revokes a token once, and does not make one by that', async () => {
      await identity.putToken(newToken('t'));
      expect(await identity.revokeToken('alice', 't', 5)).toBe(true);
      expect(await identity.revokeToken('alice', 't', 6)).toBe(true);
      await identity.touchToken('alice', 't', 7);
      expect(await identity.findToken('alice', 't')).toEqual(newToken('t', { revokedAt: 5, lastUsedAt: 7 }));
      expect(await identity.revokeToken('bob', 't', 5)).toBe(false);
      await identity.touchToken('alice', 'u', 7);
      expect(await identity.findToken('alice', 'u')).toBeUndefined();
    });

    test('keeps sessions until they are ended, one or all of a user', async () => {
      const sessions = [newSession('s1'), newSession('s2'), newSession('s1', { username: 'bob', userId: 2 })];
      for (const session of sessions) await identity.putSession(session);
      expect(await identity.findSession('alice', 's1')).toEqual(sessions[0]);
      await identity.touchSession('alice', 's1', 5000);
      expect(await identity.findSession('alice', 's1')).toEqual(newSession('s1', { lastUsedAt: 5000 }));
      await identity.deleteSession('alice', 's1');
      await identity.deleteSession('alice', 's1');
      expect(await identity.findSession('alice', 's1')).toBeUndefined();
      await identity.touchSession('alice', 's1', 6000);
      expect(await identity.findSession('alice', 's1')).toBeUndefined();
      await identity.putSession(newSession('s3'));
      await identity.deleteSessions('alice');
      await identity.deleteSessions('alice');
      for (const id of ['s2', 's3']) expect(await identity.findSession('alice', id)).toBeUndefined();
      expect(await identity.findSession('bob', 's1')).toEqual(sessions[2]);
    });

    test('knows users by their accounts at a provider, until they are deleted', async () => {
      const account = { issuer: 'https://id.example', subject: 'sub' };
      const alice = await identity.createUser({ ...newUser('alice'), account });
      expect((await identity.findUser('alice'))?.account).toEqual(account);
      expect(await identity.findLinkedUsername(account)).toBeUndefined();
      await identity.linkAccount(account, alice.username);
      expect(await identity.findLinkedUsername(account)).toBe('alice');
      for (const other of [
        { ...account, subject: 'sub2' },
        { issuer: 'https://id.example/sub', subject: '' },
      ]) {
        expect(await identity.findLinkedUsername(other)).toBeUndefined();
      }
      await identity.putSession(newSession('s1'));
      await identity.deleteUser('alice');
      expect(await identity.findLinkedUsername(account)).toBeUndefined();
      expect(await identity.findSession('alice', 's1')).toBeUndefined();
    });

    test('reads the audit backwards, over hours, in pages', async () => {
      const start = 1_700_000_000_000;
      const entries = Array.from({ length: 12 }, (_, at) => entryAt(start + at * 10 * HOUR_MS));
      await identity.appendAudit(entries);
      const range = { from: start + HOUR_MS, to: start + 200 * HOUR_MS };
      const expected = entries.slice(1).reverse();
      const first = await identity.readAudit(range, 4);
      expect(first).toEqual({ entries: expected.slice(0, 4), hasMore: true });
      const rest = await identity.readAudit({ ...range, before: first.entries.at(-1)?.id }, 100);
      expect(rest).toEqual({ entries: expected.slice(4), hasMore: false });
      expect(await identity.readAudit({ from: 0, to: HOUR_MS }, 10)).toEqual({ entries: [], hasMore: false });
    });
  });
}
