import type { Claims } from '../../../domain/provider-account.ts';

/** What a provider says of somebody, or why it is not believed, in words for whoever tries. */
export type ProviderAnswer =
  | { readonly kind: 'claims'; readonly claims: Claims }
  | { readonly kind: 'refused'; readonly reason: string };

/** What belongs to one attempt to sign in, and ties what comes back to it. */
export interface AttemptSecrets {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636): 43 to 128 letters, digits, `-` and `_`. */
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/** An OpenID provider. All of it throws TEMPORARILY_UNAVAILABLE when the provider does not answer. */
export interface OidcProvider {
  /** Whether it answers as a provider does: resolves, or throws. */
  readonly check: () => Promise<void>;
  /** Where a browser goes to sign in. */
  readonly authorizationUrl: (attempt: AttemptSecrets) => Promise<string>;
  /** Trades the code, with which the browser came back to `url`, for what the provider says of its user. */
  readonly redeem: (url: URL, attempt: AttemptSecrets) => Promise<ProviderAnswer>;
  /** Checks a token that the provider signed: its signature, issuer, audience and times. */
  readonly verifyToken: (token: string) => Promise<ProviderAnswer>;
}
