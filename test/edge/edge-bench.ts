import { buildEdgeFunction } from '../../build-edge.js';
import { mintToken, type TokenClaims } from '../../functions/domain/token.ts';
import type { EdgeRequest } from '../../functions/edge/edge-event.ts';
import { tokenCrypto } from '../../functions/platform/token-crypto.ts';
import { keyValuesOf, loadEdgeFunction } from '../../local/front/edge-function.ts';

export const ROAD = '/api/2.0/mlflow-artifacts/artifacts';

export const KEY = { keyId: 'k1', secret: 'a-secret-of-forty-three-characters-or-so-ok' } as const;

/** In the middle of 2026. */
export const NOW_SECONDS = 1_781_000_000;

/** The built file, as CloudFront gets it. */
export const SOURCE = buildEdgeFunction();

/** A request in the form of CloudFront's event. */
export const requestOf = (
  method: string,
  uri: string,
  headers: Readonly<Record<string, string>> = {},
): EdgeRequest => ({
  method,
  uri,
  querystring: {},
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }])),
});

/** A token signed with KEY, good for an hour, but for what is given. */
export const tokenOf = (claims: Partial<TokenClaims> = {}, secret: string = KEY.secret): string =>
  mintToken(
    {
      keyId: KEY.keyId,
      tokenId: 't1',
      username: 'ada',
      role: 'EDIT',
      expiresAt: NOW_SECONDS + 3600,
      experimentIds: undefined,
      ...claims,
    },
    secret,
    tokenCrypto,
  );

/** The function with these settings. */
export const edgeWith = (settings: Readonly<Record<string, string>>) =>
  loadEdgeFunction(SOURCE, keyValuesOf(new Map(Object.entries(settings))));

/** A store of settings that is broken. */
export const edgeWithBrokenStore = () => {
  const fail = () => Promise.reject(new Error('the store does not answer'));
  return loadEdgeFunction(SOURCE, { get: fail, exists: fail });
};
