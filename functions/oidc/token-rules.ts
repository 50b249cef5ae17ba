/**
 * The signatures that count: those by a key that nobody but the provider has. With HMAC the key would be a text that others
 * know, too, such as the provider's public key itself.
 */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** How far the clocks of the provider and of this machine may be apart. */
export const CLOCK_TOLERANCE_S = 30;

/** ID tokens and access tokens (RFC 9068); a provider signs other things with the same keys. */
const TYPES: ReadonlySet<string> = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** Whether the header `typ` of a token says that it tells of a user; many providers leave it out. */
export const isTokenType = (type: string | undefined): boolean => type === undefined || TYPES.has(type.toLowerCase());
