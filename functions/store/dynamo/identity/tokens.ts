import type { TokenRecord } from '../../../domain/access-token.ts';
import { TOKEN_ROLES } from '../../../domain/token.ts';
import type { IdentityStore } from '../../identity-store.ts';
import { failedCondition } from '../failures.ts';
import { tokenKey, tokensPrefix } from '../keys.ts';
import { type Item, keyItem, keyOf, type Table, type Update } from '../table.ts';

type TokenVerbs = Pick<IdentityStore, 'putToken' | 'findToken' | 'listTokens' | 'revokeToken' | 'touchToken'>;

/** How long the record of a token outlives it, so that the list of tokens still tells of it. */
const KEPT_AFTER_EXPIRY_MS = 90 * 24 * 3_600_000;

/**
 * Records of tokens, under ids that are random and so need no condition when they are put.
 *
 * | attribute | |
 * | un, ui | name and id of the user |
 * | nm, ro, ex | name, role, experiment ids |
 * | at, to | made, expires, in ms |
 * | lu, rv | last used, revoked, in ms |
 * | ttl | when DynamoDB may drop it, in seconds |
 */
export function createTokenVerbs(table: Table): TokenVerbs {
  /** Whether the token is there; an update must not make one. */
  const update = async (username: string, tokenId: string, change: Update): Promise<boolean> => {
    try {
      await table.update(tokenKey(username, tokenId), { ...change, ConditionExpression: 'attribute_exists(pk)' });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  };
  return {
    putToken: (token) => table.put(itemOf(token)),
    findToken: async (username, tokenId) => {
      const item = await table.get(tokenKey(username, tokenId));
      return item && recordOf(item);
    },
    listTokens: async (username) => {
      const records = (await table.query(tokensPrefix(username))).map(recordOf);
      return records.toSorted((a, b) => b.createdAt - a.createdAt || (a.tokenId < b.tokenId ? -1 : 1));
    },
    revokeToken: (username, tokenId, now) =>
      update(username, tokenId, {
        UpdateExpression: 'SET rv = if_not_exists(rv, :now)',
        ExpressionAttributeValues: { ':now': { N: String(now) } },
      }),
    touchToken: async (username, tokenId, now) => {
      await update(username, tokenId, {
        UpdateExpression: 'SET lu = :now',
        ExpressionAttributeValues: { ':now': { N: String(now) } },
      });
    },
  };
}

const itemOf = (token: TokenRecord): Item => ({
  ...keyItem(tokenKey(token.username, token.tokenId)),
  un: { S: token.username },
  ui: { N: String(token.userId) },
  nm: { S: token.name },
  ro: { S: token.role },
  at: { N: String(token.createdAt) },
  to: { N: String(token.expiresAt) },
  ttl: { N: String(Math.ceil((token.expiresAt + KEPT_AFTER_EXPIRY_MS) / 1000)) },
  ...(token.experimentIds && { ex: { S: token.experimentIds.join(' ') } }),
  ...(token.registeredModels && { rm: { L: token.registeredModels.map((name) => ({ S: name })) } }),
});

const timeOf = (item: Item, name: string): number | undefined =>
  item[name]?.N === undefined ? undefined : Number(item[name].N);

const recordOf = (item: Item): TokenRecord => ({
  tokenId: keyOf(item).sk,
  username: item.un?.S ?? '',
  userId: Number(item.ui?.N),
  name: item.nm?.S ?? '',
  role: TOKEN_ROLES.find((role) => role === item.ro?.S) ?? 'READ',
  experimentIds: item.ex?.S?.split(' ').filter((id) => id !== ''),
  registeredModels: item.rm?.L?.map(({ S: name = '' }) => name),
  createdAt: Number(item.at?.N),
  expiresAt: Number(item.to?.N),
  lastUsedAt: timeOf(item, 'lu'),
  revokedAt: timeOf(item, 'rv'),
});
