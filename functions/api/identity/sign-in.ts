import type { Caller, TokenBounds } from '../../domain/caller.ts';
import { callerFrom } from './caller-from.ts';
import type { Identity } from './identity.ts';
import type { KeptAccess, KnownUser } from './kept-access.ts';
import { findLiveToken } from './live-token.ts';
import type { ProvenPasswords } from './proven-passwords.ts';
import type { SignInThrottle } from './throttle.ts';

/** What a request brings to show who sends it. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

/** What came of an attempt to sign in. */
export type SignInOutcome =
  | { readonly kind: 'caller'; readonly caller: Caller }
  /** `hint` tells why, where somebody can make use of it. */
  | { readonly kind: 'unknown'; readonly hint?: string }
  /** Too many failed before; to be tried again after so many seconds. */
  | { readonly kind: 'throttled'; readonly retryAfter: number };

/** Says who sends a request, from the address it came from as far as that is known. */
export type SignIn = (credentials: Credentials, address: string | undefined) => Promise<SignInOutcome>;

interface SignInProps {
  readonly identity: Identity;
  readonly access: Pick<KeptAccess, 'findUser'>;
  readonly proven: ProvenPasswords;
  readonly throttle: SignInThrottle;
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
/** How exactly the last use of a token is known: to write it for each request would double what the request costs. */
const LAST_USE_MS = 3_600_000;

/** Signing in by password or token. */
export function createSignIn(props: SignInProps): SignIn {
  const { identity, access } = props;
  /** What passwords of unknown users are checked against, so that their refusal takes as long. */
  let decoy: Promise<string> | undefined;

  const byPassword = async (username: string, password: string, address: string | undefined) => {
    const known = await access.findUser(username);
    if (known && props.proven.has(known.user, password)) return callerOf(known);
    const retryAfter = props.throttle.secondsToWait(username, address);
    if (retryAfter > 0) return { kind: 'throttled', retryAfter } as const;
    decoy ??= identity.passwords.hash('nobody has this password');
    const isRight = await identity.passwords.isRight(password, known?.user.passwordHash ?? (await decoy));
    if (known && isRight) {
      props.proven.add(known.user, password);
      return callerOf(known);
    }
    props.throttle.noteFailure(username, address);
    return UNKNOWN;
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
    return callerOf(known, { tokenId, role: record.role, experimentIds });
  };

  const callerOf = (known: KnownUser, token?: TokenBounds): SignInOutcome => ({
    kind: 'caller',
    caller: callerFrom(known, identity.defaultPermission, token),
  });

  return async (credentials, address) => {
    switch (credentials.kind) {
      case 'none':
        return UNKNOWN;
      case 'password':
        return byPassword(credentials.username, credentials.password, address);
      case 'token':
        return byToken(credentials.token);
    }
  };
}
