import { createRemoteJWKSet, customFetch as fetchKeysBy, type JWTPayload, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import type { AttemptSecrets, OidcProvider, ProviderAnswer } from '../api/identity/oidc/provider.ts';
import { isPlainLoopback } from '../domain/plain-loopback.ts';
import { createDiscovery } from './discovery.ts';
import { reasonOfFlow, reasonOfToken, unavailable } from './failures.ts';
import type { OidcSettings } from './settings.ts';
import { ALGORITHMS, CLOCK_TOLERANCE_S, isTokenType } from './token-rules.ts';

/** What is asked of the provider takes no longer. */
const TIMEOUT_MS = 5000;
/** Keys are fetched again for a token of an unknown one, but not more often: anybody can write such tokens. */
const KEYS_COOLDOWN_MS = 1000;

/** The provider of these settings. Nothing is asked of it before somebody signs in, and a failure is tried again. */
export function createOidcProvider(settings: OidcSettings, keysCooldownMs = KEYS_COOLDOWN_MS): OidcProvider {
  const { issuer, clientId, clientSecret } = settings;
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_S };
  const options = {
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
    [oauth.allowInsecureRequests]: isPlainLoopback(new URL(issuer)),
  };
  const discover = createDiscovery(
    issuer,
    async (server) => ({
      server,
      keys: createRemoteJWKSet(new URL(required(server.jwks_uri, 'jwks_uri')), {
        timeoutDuration: TIMEOUT_MS,
        cooldownDuration: keysCooldownMs,
        // A redirect could lead to keys of anybody's.
        [fetchKeysBy]: (url, init) => fetch(url, { ...init, redirect: 'error' }),
      }),
    }),
    options,
  );

  const authenticate = (server: oauth.AuthorizationServer): oauth.ClientAuth => {
    if (clientSecret === undefined) return oauth.None();
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return methods.includes('client_secret_basic')
      ? oauth.ClientSecretBasic(clientSecret)
      : oauth.ClientSecretPost(clientSecret);
  };

  /** Throws what jose throws for a token that is not good. */
  const verify = async (token: string, audience: readonly string[]): Promise<JWTPayload> => {
    const { server, keys } = await discover();
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: server.issuer,
      audience: [...audience],
      algorithms: [...ALGORITHMS],
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['exp', 'sub'],
    });
    if (!isTokenType(protectedHeader.typ)) throw new WrongType();
    return payload;
  };

  const redeem = async (url: URL, attempt: AttemptSecrets): Promise<ProviderAnswer> => {
    const { server } = await discover();
    const parameters = oauth.validateAuthResponse(server, client, url, attempt.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authenticate(server),
      parameters,
      attempt.redirectUri,
      attempt.codeVerifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: attempt.nonce,
      requireIdToken: true,
    });
    const claims = await verify(tokens.id_token ?? '', [clientId]);
    return { kind: 'claims', claims: await completed(server, claims, tokens.access_token) };
  };

  /** Many providers tell names and groups only when they are asked by the access token. */
  const completed = async (server: oauth.AuthorizationServer, claims: JWTPayload, accessToken: string) => {
    const isComplete = [settings.usernameClaim, settings.groupsClaim].every((claim) => claims[claim] !== undefined);
    if (isComplete || server.userinfo_endpoint === undefined) return claims;
    const response = await oauth.userInfoRequest(server, client, accessToken, options);
    const told = await oauth.processUserInfoResponse(server, client, claims.sub ?? '', response);
    return { ...told, ...claims };
  };

  return {
    check: async () => {
      await discover();
    },
    authorizationUrl: async ({ state, nonce, codeVerifier, redirectUri }) => {
      const { server } = await discover();
      const url = new URL(required(server.authorization_endpoint, 'authorization_endpoint'));
      const parameters = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopeFor(server, settings),
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
    redeem: (url, attempt) => redeem(url, attempt).catch((error: unknown) => refusedBy(reasonOfFlow, error)),
    verifyToken: (token) =>
      verify(token, [clientId, ...settings.audiences]).then(
        (claims): ProviderAnswer => ({ kind: 'claims', claims }),
        (error: unknown) => refusedBy(reasonOfToken, error),
      ),
  };
}

/** A signed text that is no token of a user, such as a notice of a sign-out. */
class WrongType extends Error {}

function refusedBy(reasonOf: (error: unknown) => string | undefined, error: unknown): ProviderAnswer {
  const reason = error instanceof WrongType ? 'The token is not of a kind that signs in.' : reasonOf(error);
  if (reason === undefined) throw unavailable(error);
  return { kind: 'refused', reason };
}

function required(url: string | undefined, name: string): string {
  if (url === undefined) throw unavailable(new Error(`the provider’s metadata have no ${name}`));
  return url;
}

function scopeFor({ scopes_supported: known = [] }: oauth.AuthorizationServer, { groupsClaim }: OidcSettings): string {
  const scopes = ['openid', 'profile', 'email'];
  return (known.includes(groupsClaim) ? [...scopes, groupsClaim] : scopes).join(' ');
}
