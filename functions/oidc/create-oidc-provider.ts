import type { JWTPayload } from 'jose';
import * as oauth from 'oauth4webapi';
import type { AttemptSecrets, OidcProvider, ProviderAnswer } from '../api/identity/oidc/provider.ts';
import { isPlainLoopback } from '../domain/plain-loopback.ts';
import { createTokenVerifier, KEYS_COOLDOWN_MS, keysAt, TIMEOUT_MS } from './create-token-verifier.ts';
import { createDiscovery } from './discovery.ts';
import { reasonOfFlow } from './failures.ts';
import { refusedBy } from './refused-by.ts';
import type { OidcSettings } from './settings.ts';
import { CLOCK_TOLERANCE_S } from './token-rules.ts';
import { unavailable } from './unavailable.ts';

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
      keys: keysAt(required(server.jwks_uri, 'jwks_uri'), keysCooldownMs),
    }),
    options,
  );

  const authenticate = async (server: oauth.AuthorizationServer): Promise<oauth.ClientAuth> => {
    if (clientSecret === undefined) return oauth.None();
    const secret = await clientSecret();
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return methods.includes('client_secret_basic') ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
  };

  const { verify, verifyToken } = createTokenVerifier(settings, async () => {
    const { server, keys } = await discover();
    return { issuer: server.issuer, keys };
  });

  const redeem = async (url: URL, attempt: AttemptSecrets): Promise<ProviderAnswer> => {
    const { server } = await discover();
    const parameters = oauth.validateAuthResponse(server, client, url, attempt.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      await authenticate(server),
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
    verifyToken,
  };
}

function required(url: string | undefined, name: string): string {
  if (url === undefined) throw unavailable(new Error(`the provider’s metadata have no ${name}`));
  return url;
}

function scopeFor({ scopes_supported: known = [] }: oauth.AuthorizationServer, { groupsClaim }: OidcSettings): string {
  const scopes = ['openid', 'profile', 'email'];
  return (known.includes(groupsClaim) ? [...scopes, groupsClaim] : scopes).join(' ');
}
