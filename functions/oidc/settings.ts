/** By which a provider is found, and knows us. */
export interface OidcSettings {
  /** Its URL, below which its metadata lie; https, or http on this machine. */
  readonly issuer: string;
  readonly clientId: string;
  /** Reads the client's secret, for each sign-in anew, as it may be changed; undefined for a public client, which PKCE alone protects. */
  readonly clientSecret: (() => Promise<string>) | undefined;
  /** Whom tokens that clients bring may be for, besides the client itself. */
  readonly audiences: readonly string[];
  /** The claim of groups: providers that know a scope of this name tell it only when they are asked to. */
  readonly groupsClaim: string;
  /** The claim of names; what the ID token lacks is asked of the provider's userinfo. */
  readonly usernameClaim: string;
}
