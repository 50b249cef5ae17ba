import type { TokenCrypto } from '../domain/token.ts';
import { hmacSha256 } from './system.ts';

/** The cryptography of tokens on node. */
export const tokenCrypto: TokenCrypto = {
  hmac: hmacSha256,
  encode: (text) => Buffer.from(text).toString('base64url'),
  decode: (text) => Buffer.from(text, 'base64url').toString(),
};
