import type { Caller } from '../../domain/caller.ts';
import { MlflowError } from '../../domain/errors.ts';
import { TOKEN_PREFIX } from '../../domain/token.ts';
import { callerFrom, type Means } from './caller-from.ts';
import type { CheckPassword } from './check-password.ts';
import type { Identity } from './identity.ts';
import type { KeptAccess, KnownUser } from './kept-access.ts';
import { findLiveToken } from './live-token.ts';
import type { ProviderOutcome } from './oidc/known-accounts.ts';
import type { Sessions } from './sessions.ts';

/** What a request brings to show who sends it. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string }
  /** `csrf` is what its page sent to show that it is ours; a request that only reads needs none. */
  | { readonly kind: 'session'; readonly text: string; readonly csrf: string | 'needless' };

/** What came of an attempt to sign in. */
export type SignInOutcome =
  | { readonly kind: 'caller'; readonly caller: Caller }
  /** `hint` tells why, where somebody can make use of it. */
  | { readonly kind: 'unknown'; readonly hint?: string }
  /** Too many failed before; to be tried again after so many seconds. */
  | { readonly kind: 'throttled'; readonly retryAfter: number }
  /** A browser sent the cookie, but nothing shows that a page of ours made it do so. */
  | { readonly kind: 'forged' };

/** Says who sends a request, from the address it came from as far as that is known. */
export type SignIn = (credentials: Credentials, address: string | undefined) => Promise<SignInOutcome>;

interface SignInProps {
  readonly identity: Pick<Identity, 'store' | 'codec' | 'defaultPermission'>;
  readonly access: Pick<KeptAccess, 'findUser'>;
  readonly sessions: Pick<Sessions, 'find'>;
  readonly checkPassword: CheckPassword;
  /** Tells whose token of the provider it is; undefined where users sign in by password. */
  readonly byProvider: ((token: string) => Promise<ProviderOutcome>) | undefined;
  /** Compares in a time that does not depend on where two texts differ. */
  readonly isSame: (a: string, b: string) => boolean;
  readonly clock: () => number;
}

const UNKNOWN: SignInOutcome = { kind: 'unknown' };
/** Signed with our key, yet not in the table: whether its user was deleted meanwhile, nobody could tell. */
const UNRECORDED: SignInOutcome = {
  kind: 'unknown',
  hint:
    'There is no record of this token: it ended with its user, or `tracklet token` made it, which keeps none. ' +
    'POST /api/2.0/tracklet/tokens makes tokens that are kept.',
};
const NO_PASSWORDS: SignInOutcome = {
  kind: 'unknown',
  hint: 'This server takes no passwords: sign in at its OpenID provider, or send a token as MLFLOW_TRACKING_TOKEN.',
};
/** How exactly the last use of a token is known: to write it for each request would double what the request costs. */
const LAST_USE_MS = 3_600_000;

/** Signing in by password, token or session. */
export function createSignIn(props: SignInProps): SignIn {
  const { identity, byProvider } = props;
  const byPassword = async (username: string, password: string, address: string | undefined) => {
    const outcome = await props.checkPassword(username, password, address);
    return outcome.kind === 'user' ? callerOf(outcome.known) : outcome;
  };

  const byToken = async (text: string): Promise<SignInOutcome> => {
    const claims = await identity.codec.verify(text);
    const now = props.clock();
    if (!claims) return UNKNOWN;
    const { username, tokenId } = claims;
    const found = await findLiveToken(props, username, tokenId);
    if (found.kind !== 'alive') return found.kind === 'unrecorded' ? UNRECORDED : UNKNOWN;
    const { record, known } = found;
    if (now - (record.lastUsedAt ?? 0) >= LAST_USE_MS) await identity.store.touchToken(username, tokenId, now);
    const experimentIds = record.experimentIds && new Set(record.experimentIds);
    const registeredModels = record.registeredModels && new Set(record.registeredModels);
    return callerOf(known, { token: { tokenId, role: record.role, experimentIds, registeredModels } });
  };

  const bySession = async (text: string, csrf: string): Promise<SignInOutcome> => {
    const live = await props.sessions.find(text);
    if (!live) return UNKNOWN;
    const { record, known, csrfToken } = live;
    if (csrf !== 'needless' && !props.isSame(csrf, csrfToken)) return { kind: 'forged' };
    const { sessionId, expiresAt } = record;
    return callerOf(known, { session: { sessionId, csrfToken, expiresAt } });
  };

  const byProvidersToken = async (text: string, find: NonNullable<typeof byProvider>): Promise<SignInOutcome> => {
    const found = await find(text);
    return found.kind === 'user' ? callerOf(found.known) : { kind: 'unknown', hint: found.reason };
  };

  const callerOf = (known: KnownUser, means?: Means): SignInOutcome => ({
    kind: 'caller',
    caller: callerFrom(known, identity.defaultPermission, means),
  });

  return async (credentials, address) => {
    switch (credentials.kind) {
      case 'none':
        return UNKNOWN;
      case 'password':
        if (byProvider) return NO_PASSWORDS;
        return byPassword(credentials.username, credentials.password, address);
      case 'token': {
        const { token } = credentials;
        return byProvider && !token.startsWith(TOKEN_PREFIX) ? byProvidersToken(token, byProvider) : byToken(token);
      }
      case 'session':
        return bySession(credentials.text, credentials.csrf);
    }
  };
}

/** What is answered to who guesses too fast. */
export const tooManySignIns = (retryAfterSeconds: number): MlflowError =>
  new MlflowError('REQUEST_LIMIT_EXCEEDED', `Too many sign-ins failed. Try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  });
