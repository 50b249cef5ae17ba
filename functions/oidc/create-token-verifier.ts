import { createRemoteJWKSet, customFetch as fetchKeysBy, type JWTPayload, jwtVerify } from 'jose';
import type { OidcProvider, ProviderAnswer } from '../api/identity/oidc/provider.ts';
import { isPlainLoopback } from '../domain/plain-loopback.ts';
import { refusedBy } from './refused-by.ts';
import type { OidcSettings } from './settings.ts';
import { reasonOfToken, WrongType } from './token-failures.ts';
import { ALGORITHMS, CLOCK_TOLERANCE_S, isTokenType } from './token-rules.ts';

/** What is asked of the provider takes no longer. */
export const TIMEOUT_MS = 5000;
/** Keys are fetched again for a token of an unknown one, but not more often: anybody can write such tokens. */
export const KEYS_COOLDOWN_MS = 1000;

type Keys = ReturnType<typeof createRemoteJWKSet>;

/** Whose tokens count, and the keys that sign them. */
export interface Signer {
  readonly issuer: string;
  readonly keys: Keys;
}

/** Checks tokens that a provider signed. */
export interface TokenVerifier extends Pick<OidcProvider, 'verifyToken'> {
  /** Throws what jose throws for a token that is not good, or WrongType. */
  readonly verify: (token: string, audience: readonly string[]) => Promise<JWTPayload>;
}

/** The keys at a URL, fetched when they are needed and kept. Throws for one that others on the way could answer for. */
export function keysAt(address: string, cooldownMs: number): Keys {
  const url = new URL(address);
  if (url.protocol !== 'https:' && !isPlainLoopback(url))
    throw new Error(`the provider’s keys lie at ${url.protocol}//`);
  return createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: cooldownMs,
    // A redirect could lead to keys of anybody's.
    [fetchKeysBy]: (target, init) => fetch(target, { ...init, redirect: 'error' }),
  });
}

/** Checks the tokens of these settings' provider. */
export function createTokenVerifier(
  { clientId, audiences }: Pick<OidcSettings, 'clientId' | 'audiences'>,
  findSigner: () => Promise<Signer>,
): TokenVerifier {
  const verify: TokenVerifier['verify'] = async (token, audience) => {
    const { issuer, keys } = await findSigner();
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: [...audience],
      algorithms: [...ALGORITHMS],
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['exp', 'sub'],
    });
    if (!isTokenType(protectedHeader.typ)) throw new WrongType();
    return payload;
  };
  return {
    verify,
    verifyToken: (token) =>
      verify(token, [clientId, ...audiences]).then(
        (claims): ProviderAnswer => ({ kind: 'claims', claims }),
        (error: unknown) => refusedBy(reasonOfToken, error),
      ),
  };
}
