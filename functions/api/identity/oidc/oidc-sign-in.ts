import type { User } from '../../../domain/user.ts';
import { ATTEMPT_MS, type Attempts } from './attempts.ts';
import type { KnownAccounts, ProviderOutcome } from './known-accounts.ts';
import type { OidcProvider } from './provider.ts';

/** How a browser begins to sign in. */
export interface BegunSignIn {
  /** Where it goes. */
  readonly url: string;
  readonly state: string;
  /** What it brings back in the cookie of the state. */
  readonly sealed: string;
}

/** How a browser's return from the provider ended. */
export type FinishedSignIn =
  | { readonly kind: 'user'; readonly user: User; readonly returnTo: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Signing in at an OpenID provider: by the code flow with PKCE in a browser, or by a token that the provider signed. */
export interface OidcSignIn {
  readonly begin: (redirectUri: string, returnTo: string) => Promise<BegunSignIn>;
  /** `sealed` is what the cookie of the state holds that `url` names. */
  readonly finish: (url: URL, sealed: string | undefined) => Promise<FinishedSignIn>;
  readonly byToken: (token: string) => Promise<ProviderOutcome>;
}

interface OidcSignInProps {
  readonly provider: OidcProvider;
  readonly accounts: KnownAccounts;
  readonly attempts: Attempts;
  readonly newSecret: () => string;
  readonly clock: () => number;
}

const STRANGE = 'This attempt to sign in was not begun in this browser, or took too long. Please try again.';

/** Ties the provider's answers to who asked, and to the users here. */
export const createOidcSignIn = ({ provider, accounts, attempts, newSecret, clock }: OidcSignInProps): OidcSignIn => ({
  begin: async (redirectUri, returnTo) => {
    const secrets = { state: newSecret(), nonce: newSecret(), codeVerifier: newSecret(), redirectUri };
    const [url, sealed] = await Promise.all([
      provider.authorizationUrl(secrets),
      attempts.seal({ ...secrets, returnTo, expiresAt: clock() + ATTEMPT_MS }),
    ]);
    return { url, state: secrets.state, sealed };
  },
  finish: async (url, sealed) => {
    const attempt = await attempts.open(sealed, url.searchParams.get('state') ?? '');
    if (!attempt) return { kind: 'refused', reason: STRANGE };
    const answer = await provider.redeem(url, attempt);
    if (answer.kind === 'refused') return answer;
    const admitted = await accounts.admit(answer.claims);
    if (admitted.kind === 'refused') return admitted;
    return { kind: 'user', user: admitted.known.user, returnTo: attempt.returnTo };
  },
  byToken: byTokenOf(provider, accounts),
});

/** Tells whose token of the provider it is. */
export const byTokenOf =
  (provider: Pick<OidcProvider, 'verifyToken'>, accounts: Pick<KnownAccounts, 'recognise'>): OidcSignIn['byToken'] =>
  async (token) => {
    const answer = await provider.verifyToken(token);
    return answer.kind === 'refused' ? answer : accounts.recognise(answer.claims);
  };
