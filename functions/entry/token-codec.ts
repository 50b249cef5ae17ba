import type { TokenCodec } from '../domain/access-token.ts';
import { invalidParameter } from '../domain/errors.ts';
import { MAX_TOKEN_LENGTH, mintToken, readToken, type TokenCrypto, tokenFault } from '../domain/token.ts';

/** A secret that signs tokens, and the name under which tokens tell of it. */
export interface SigningKey {
  readonly keyId: string;
  readonly secret: string;
}

interface TokenCodecProps extends Pick<TokenCrypto, 'hmac'> {
  /** The key; of one that a token names and that is not ours, whether ours is another by now. */
  readonly key: (wantedKeyId?: string) => Promise<SigningKey>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/** Tokens that are signed with the one key of a deployment. */
export const createTokenCodec = ({ key, hmac, clock }: TokenCodecProps): TokenCodec => ({
  sign: async (token) => {
    const { keyId, secret } = await key();
    const text = mintToken({ ...token, keyId }, secret, { hmac, encode, decode });
    if (text.length <= MAX_TOKEN_LENGTH) return text;
    throw invalidParameter(
      `The token would have ${text.length} characters, more than ${MAX_TOKEN_LENGTH}: name fewer experiments.`,
    );
  },
  verify: async (text) => {
    const unchecked = readToken(text, decode);
    if (unchecked === undefined) return undefined;
    const { keyId, secret } = await key(unchecked.claims.keyId);
    const isOurs = unchecked.claims.keyId === keyId;
    const fault = tokenFault(unchecked, secret, { hmac, nowSeconds: Math.floor(clock() / 1000) });
    return isOurs && fault === undefined ? unchecked.claims : undefined;
  },
});
