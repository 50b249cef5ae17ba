import { KEYS_COOLDOWN_MS, keysAt, type Signer, TIMEOUT_MS } from './create-token-verifier.ts';
import { unavailable } from './unavailable.ts';

/** What a provider tells of itself, as far as tokens need it. */
interface Metadata {
  readonly issuer?: unknown;
  readonly jwks_uri?: unknown;
}

const METADATA = '/.well-known/openid-configuration';

/**
 * Asks a provider for its keys, once, for processes that check its tokens and send nobody there to sign in; a failure is asked
 * again by the next who needs them. What it gives throws TEMPORARILY_UNAVAILABLE.
 */
export function createFindSigner(issuer: string, keysCooldownMs = KEYS_COOLDOWN_MS): () => Promise<Signer> {
  let kept: Promise<Signer> | undefined;
  const ask = async (): Promise<Signer> => {
    const response = await fetch(issuer.replace(/\/$/, '') + METADATA, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status !== 200) throw new Error(`the provider answered ${response.status}`);
    const { issuer: named, jwks_uri: keys }: Metadata = Object(await response.json());
    // OpenID Connect Discovery 1.0, section 4.3: otherwise another provider could speak for this one.
    if (typeof named !== 'string' || !isSameUrl(named, issuer))
      throw new Error('the provider calls itself by another name');
    if (typeof keys !== 'string') throw new Error('the provider’s metadata have no jwks_uri');
    return { issuer: named, keys: keysAt(keys, keysCooldownMs) };
  };
  return () => {
    kept ??= ask().catch((error: unknown) => {
      kept = undefined;
      throw unavailable(error);
    });
    return kept;
  };
}

const isSameUrl = (a: string, b: string): boolean => URL.canParse(a) && new URL(a).href === new URL(b).href;
