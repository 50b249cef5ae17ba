import { hmacSha256 } from '../platform/system.ts';
import type { SigningKey } from './token-codec.ts';

interface KeptTokenKeyProps {
  /** Reads the secret, wherever it is kept. */
  readonly read: () => Promise<string>;
  readonly clock: () => number;
  /** Hears that it could not be read again; the one that is known stays good meanwhile. */
  readonly report: (message: string, cause: unknown) => void;
}

/** So long a token that an old secret signed may live on in a process. */
const MAX_AGE_MS = 5 * 60_000;
/** Who makes up tokens of unknown keys, shall not have the secret read for each of them. */
const MIN_AGE_MS = 10_000;
const KEY_ID_LENGTH = 16;

interface Kept {
  readonly key: SigningKey;
  readonly since: number;
  readonly goodUntil: number;
}

/**
 * The key that signs tokens: read when it is first asked for and kept, read again after five minutes, or as soon as a token
 * names another one, for the secret may have been changed. Whoever asks meanwhile waits for the same reading.
 */
export function keepTokenKey({
  read,
  clock,
  report,
}: KeptTokenKeyProps): (wantedKeyId?: string) => Promise<SigningKey> {
  let kept: Kept | undefined;
  let reading: Promise<SigningKey> | undefined;

  const readNow = async (): Promise<SigningKey> => {
    const since = clock();
    try {
      const key = signingKeyOf(await read());
      kept = { key, since, goodUntil: since + MAX_AGE_MS };
      return key;
    } catch (error) {
      if (!kept) throw error;
      report('the key that signs tokens could not be read again', error);
      kept = { ...kept, since, goodUntil: since + MIN_AGE_MS };
      return kept.key;
    }
  };

  return async (wantedKeyId) => {
    if (kept) {
      const { key, since, goodUntil } = kept;
      const mayBeOld = wantedKeyId !== undefined && wantedKeyId !== key.keyId && clock() >= since + MIN_AGE_MS;
      if (clock() < goodUntil && !mayBeOld) return key;
    }
    reading ??= readNow().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

/** The name of a key follows from its secret, so that every process calls it the same and nobody can tell the secret by it. */
export const signingKeyOf = (secret: string): SigningKey => ({
  keyId: hmacSha256(secret, 'the name of this key').slice(0, KEY_ID_LENGTH),
  secret,
});
