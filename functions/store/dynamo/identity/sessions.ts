import type { SessionRecord } from '../../../domain/session.ts';
import type { IdentityStore } from '../../identity-store.ts';
import { failedCondition } from '../failures.ts';
import { sessionKey, sessionsPrefix } from '../keys.ts';
import { type Item, keyItem, keyOf, type Table } from '../table.ts';

type SessionVerbs = Pick<
  IdentityStore,
  'putSession' | 'findSession' | 'touchSession' | 'deleteSession' | 'deleteSessions'
>;

/**
 * Records of sessions, under hashes of random secrets and so put without a condition.
 *
 * | attribute | |
 * | un, ui | name and id of the user |
 * | at, to, lu | made, expires, last used, in ms |
 * | ttl | when DynamoDB may drop it, in seconds |
 */
export const createSessionVerbs = (table: Table): SessionVerbs => ({
  putSession: (session) => table.put(itemOf(session)),
  findSession: async (username, sessionId) => {
    const item = await table.get(sessionKey(username, sessionId));
    return item && recordOf(item);
  },
  touchSession: async (username, sessionId, now) => {
    try {
      await table.update(sessionKey(username, sessionId), {
        UpdateExpression: 'SET lu = :now',
        ExpressionAttributeValues: { ':now': { N: String(now) } },
        // An update must not make one that was ended.
        ConditionExpression: 'attribute_exists(pk)',
      });
    } catch (error) {
      failedCondition(error);
    }
  },
  deleteSession: (username, sessionId) => table.writeMany([], [sessionKey(username, sessionId)]),
  deleteSessions: async (username) => {
    await table.writeMany([], (await table.query(sessionsPrefix(username))).map(keyOf));
  },
});

const itemOf = (session: SessionRecord): Item => ({
  ...keyItem(sessionKey(session.username, session.sessionId)),
  un: { S: session.username },
  ui: { N: String(session.userId) },
  at: { N: String(session.createdAt) },
  to: { N: String(session.expiresAt) },
  lu: { N: String(session.lastUsedAt) },
  ttl: { N: String(Math.ceil(session.expiresAt / 1000)) },
});

const recordOf = (item: Item): SessionRecord => ({
  sessionId: keyOf(item).sk,
  username: item.un?.S ?? '',
  userId: Number(item.ui?.N),
  createdAt: Number(item.at?.N),
  expiresAt: Number(item.to?.N),
  lastUsedAt: Number(item.lu?.N),
});
