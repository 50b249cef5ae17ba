import { createAuditor } from '../api/audit/auditor.ts';
import { createGuard, type Guard } from '../api/guard/guard.ts';
import type { Identity } from '../api/identity/identity.ts';
import { keepAccess } from '../api/identity/kept-access.ts';
import { findLiveToken } from '../api/identity/live-token.ts';
import { createProvenPasswords } from '../api/identity/proven-passwords.ts';
import { createSignIn } from '../api/identity/sign-in.ts';
import { createThrottle } from '../api/identity/throttle.ts';
import type { Permission } from '../domain/permission.ts';
import { hashPassword, isPasswordOf, isSameText } from '../platform/password-hash.ts';
import { hmacSha256, newSortableId, randomHex } from '../platform/system.ts';
import type { IdentityStore } from '../store/identity-store.ts';
import { createTokenCodec, type SigningKey } from './token-codec.ts';

interface GuardProps {
  readonly identityStore: IdentityStore;
  /** By which all processes of a deployment sign and check tokens. */
  readonly tokenKey: (wantedKeyId?: string) => Promise<SigningKey>;
  readonly defaultPermission: Permission;
  readonly clock: () => number;
  /** Hears of entries that the audit misses; undefined keeps no audit. */
  readonly auditTo?: ((message: string, cause: unknown) => void) | undefined;
  /** Hashes passwords; the stored hash tells how, so that tests may do with less work. */
  readonly hash?: (password: string) => Promise<string>;
}

/** What a guarded process has on top. */
export interface Guarding {
  readonly guard: Guard;
  readonly identity: Identity;
  /** Whether a token is alive and its user an admin, whose tokens alone say what they let do. */
  readonly holdsAll: (username: string, tokenId: string) => Promise<boolean>;
}

/** Wires signing in by password and by token, over one store of identities. */
export function openGuard(props: GuardProps): Guarding {
  const { clock } = props;
  const access = keepAccess(props.identityStore, clock);
  const identity: Identity = {
    store: access.store,
    passwords: { hash: props.hash ?? hashPassword, isRight: isPasswordOf },
    codec: createTokenCodec({ hmac: hmacSha256, clock, key: props.tokenKey }),
    newTokenId: () => randomHex(32),
    defaultPermission: props.defaultPermission,
  };
  const processKey = randomHex(64);
  const proven = createProvenPasswords({ digest: (text) => hmacSha256(processKey, text), isSame: isSameText, clock });
  const signIn = createSignIn({ identity, access, proven, throttle: createThrottle(clock), clock });
  const report = props.auditTo;
  const auditor = report && createAuditor({ store: props.identityStore, clock, newId: newSortableId, report });
  const holdsAll: Guarding['holdsAll'] = async (username, tokenId) => {
    const found = await findLiveToken({ identity, access, clock }, username, tokenId);
    return found.kind === 'alive' && found.known.user.isAdmin;
  };
  return { guard: createGuard(signIn, auditor), identity, holdsAll };
}
