import type { SigningKey } from '../../functions/entry/token-codec.ts';
import { type KeyValues, keyValuesOf } from './edge-function.ts';

/** Whether a token is alive and lets its user, an admin, do all that it says. */
type HoldsAll = (username: string, tokenId: string) => Promise<boolean>;

const ALL = /^all\/([^/]+)\/(.+)$/s;

/**
 * What the edge function reads where users sign in. It asks for each token, so that one that was revoked, or whose user lost
 * rights, is the API's to refuse from then on.
 */
export function keyValuesOfUsers({ keyId, secret }: SigningKey, holdsAll: HoldsAll): KeyValues {
  const settings = keyValuesOf(
    new Map([
      ['mode', 'users'],
      [`key/${keyId}`, secret],
    ]),
  );
  return {
    get: settings.get,
    exists: (key) => {
      const [, tokenId, username] = ALL.exec(key) ?? [];
      return tokenId === undefined || username === undefined ? settings.exists(key) : holdsAll(username, tokenId);
    },
  };
}
