import { isSameText } from './same-text.ts';

/** What a token lets do, each role all that the ones before it do. */
export const TOKEN_ROLES = ['READ', 'EDIT', 'MANAGE', 'ADMIN'] as const;

export type TokenRole = (typeof TOKEN_ROLES)[number];

/** What a token says; believed only once its signature is checked. */
export interface TokenClaims {
  /** Which key signed it: up to 64 letters, digits, `-` and `_`. */
  readonly keyId: string;
  /** By which it is listed and revoked; as a key's. */
  readonly tokenId: string;
  readonly username: string;
  readonly role: TokenRole;
  /** Seconds since 1970; at this moment it is over. */
  readonly expiresAt: number;
  /** The only experiments it is good for; undefined for all. */
  readonly experimentIds: readonly string[] | undefined;
}

/**
 * What the platform must bring. `hmac` is HMAC-SHA256 as base64url; `encode` and `decode` are base64url of UTF-8, without
 * padding.
 */
export interface TokenCrypto {
  readonly hmac: (secret: string, text: string) => string;
  readonly encode: (text: string) => string;
  readonly decode: (text: string) => string;
}

/** A token taken apart, not yet believed. */
export interface UncheckedToken {
  readonly claims: TokenClaims;
  /** The text that the signature is of. */
  readonly signedText: string;
  readonly signature: string;
}

/** By this a token is told from a password and from the tokens of other issuers. */
export const TOKEN_PREFIX = 'tracklet_';

/** Some 90 experiments with ids of ten digits; a header of 8 KB holds it, also as the password of `Basic`. */
export const MAX_TOKEN_LENGTH = 2048;

const TOKEN_FORM = /^tracklet_([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;
const ID_FORM = /^[A-Za-z0-9_-]{1,64}$/;
const EXPERIMENT_ID_FORM = /^[0-9]{1,19}$/;

/**
 * Writes a token:
 *
 *     tracklet_<base64url of payload>.<base64url of HMAC-SHA256(secret, base64url of payload)>
 *
 * The payload is JSON: `{"k":key id,"t":token id,"u":user name,"r":role,"e":expiry,"x":[experiment ids]}`, with `x` only
 * where the token is limited. Secrets are text and sign as their UTF-8 bytes.
 */
export function mintToken(claims: TokenClaims, secret: string, { hmac, encode }: TokenCrypto): string {
  const { keyId, tokenId, username, role, expiresAt, experimentIds } = claims;
  const payload = { k: keyId, t: tokenId, u: username, r: role, e: expiresAt, x: experimentIds };
  const signedText = encode(JSON.stringify(payload));
  return `${TOKEN_PREFIX}${signedText}.${hmac(secret, signedText)}`;
}

/** Takes a token apart; undefined when it is none. What stands below runs at the edge, too, whose JavaScript is older. */
export function readToken(token: string, decode: TokenCrypto['decode']): UncheckedToken | undefined {
  const match = token.length <= MAX_TOKEN_LENGTH ? TOKEN_FORM.exec(token) : null;
  if (match === null) return undefined;
  // The form has both groups.
  const signedText = String(match[1]);
  const claims = readClaims(decode(signedText));
  return claims === undefined ? undefined : { claims, signedText, signature: String(match[2]) };
}

/** Why a token is not good, in words for its holder; undefined when it is. `secret` is that of the key it names. */
export function tokenFault(token: UncheckedToken, secret: string, check: TokenCheck): string | undefined {
  if (!isSameText(check.hmac(secret, token.signedText), token.signature)) return 'The token is not valid.';
  return token.claims.expiresAt > check.nowSeconds ? undefined : 'The token has expired.';
}

/** What checks a signature, and the time in seconds since 1970. */
export interface TokenCheck extends Pick<TokenCrypto, 'hmac'> {
  readonly nowSeconds: number;
}

/** What the JSON of a token may hold, as long as nobody has looked. */
interface Payload {
  readonly k?: unknown;
  readonly t?: unknown;
  readonly u?: unknown;
  readonly r?: unknown;
  readonly e?: unknown;
  readonly x?: unknown;
}

function readClaims(payload: string): TokenClaims | undefined {
  const fields = parseObject(payload);
  if (fields === undefined) return undefined;
  const role = TOKEN_ROLES.find((name) => name === fields.r);
  if (!isId(fields.k) || !isId(fields.t) || role === undefined) return undefined;
  if (typeof fields.u !== 'string' || fields.u === '') return undefined;
  if (typeof fields.e !== 'number' || !Number.isInteger(fields.e)) return undefined;
  if (fields.x !== undefined && !isIdList(fields.x)) return undefined;
  return {
    keyId: fields.k,
    tokenId: fields.t,
    username: fields.u,
    role,
    expiresAt: fields.e,
    experimentIds: fields.x,
  };
}

function parseObject(text: string): Payload | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const isId = (value: unknown): value is string => typeof value === 'string' && ID_FORM.test(value);

const isIdList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string' && EXPERIMENT_ID_FORM.test(id));
