import { NO_PASSWORD } from '../../domain/user.ts';
import type { Passwords } from './identity.ts';
import type { KeptAccess, KnownUser } from './kept-access.ts';
import type { ProvenPasswords } from './proven-passwords.ts';
import type { SignInThrottle } from './throttle.ts';

/** Whose password it is, if it is anybody's. */
export type PasswordOutcome =
  | { readonly kind: 'user'; readonly known: KnownUser }
  | { readonly kind: 'unknown' }
  /** Too many failed before; to be tried again after so many seconds. */
  | { readonly kind: 'throttled'; readonly retryAfter: number };

/** Checks a password that came from an address, as far as that is known. */
export type CheckPassword = (
  username: string,
  password: string,
  address: string | undefined,
) => Promise<PasswordOutcome>;

interface CheckPasswordProps {
  readonly passwords: Passwords;
  readonly access: Pick<KeptAccess, 'findUser'>;
  readonly proven: ProvenPasswords;
  readonly throttle: SignInThrottle;
}

/** Checks passwords, and counts those that are wrong. The refusal of an unknown user takes as long as that of a known one. */
export function createCheckPassword({ passwords, access, proven, throttle }: CheckPasswordProps): CheckPassword {
  /** What passwords of unknown users are checked against. */
  let decoy: Promise<string> | undefined;
  return async (username, password, address) => {
    const known = await access.findUser(username);
    const hash = known?.user.passwordHash ?? NO_PASSWORD;
    if (known && proven.has(known.user, password)) return { kind: 'user', known };
    const retryAfter = throttle.secondsToWait(username, address);
    if (retryAfter > 0) return { kind: 'throttled', retryAfter };
    decoy ??= passwords.hash('nobody has this password');
    const isRight = await passwords.isRight(password, hash === NO_PASSWORD ? await decoy : hash);
    if (known && isRight && hash !== NO_PASSWORD) {
      proven.add(known.user, password);
      return { kind: 'user', known };
    }
    throttle.noteFailure(username, address);
    return { kind: 'unknown' };
  };
}
