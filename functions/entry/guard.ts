import { createAuditor } from '../api/audit/auditor.ts';
import { createGuard, type Guard } from '../api/guard/guard.ts';
import type { Identity } from '../api/identity/identity.ts';
import { keepAccess } from '../api/identity/kept-access.ts';
import { createProvenPasswords } from '../api/identity/proven-passwords.ts';
import { createSignIn } from '../api/identity/sign-in.ts';
import { createThrottle } from '../api/identity/throttle.ts';
import type { Permission } from '../domain/permission.ts';
import { hashPassword, isPasswordOf, isSameText } from '../platform/password-hash.ts';
import { hmacSha256, newSortableId, randomHex } from '../platform/system.ts';
import type { IdentityStore } from '../store/identity-store.ts';
import type { Store } from '../store/store.ts';
import { createTokenCodec } from './token-codec.ts';

interface GuardProps {
  readonly store: Pick<Store, 'getSecret'>;
  readonly identityStore: IdentityStore;
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
}

/** The key by which all processes of a deployment sign and check tokens. */
const TOKEN_KEY_ID = '1';
const TOKEN_SECRET = 'access-token';

/** Wires signing in by password and by token, over one store of identities. */
export function openGuard(props: GuardProps): Guarding {
  const { clock } = props;
  const access = keepAccess(props.identityStore, clock);
  let secret: Promise<string> | undefined;
  const identity: Identity = {
    store: access.store,
    passwords: { hash: props.hash ?? hashPassword, isRight: isPasswordOf },
    codec: createTokenCodec({
      hmac: hmacSha256,
      clock,
      key: async () => {
        secret ??= props.store.getSecret(TOKEN_SECRET).catch((error: unknown) => {
          secret = undefined;
          throw error;
        });
        return { keyId: TOKEN_KEY_ID, secret: await secret };
      },
    }),
    newTokenId: () => randomHex(32),
    defaultPermission: props.defaultPermission,
  };
  const processKey = randomHex(64);
  const proven = createProvenPasswords({ digest: (text) => hmacSha256(processKey, text), isSame: isSameText, clock });
  const signIn = createSignIn({ identity, access, proven, throttle: createThrottle(clock), clock });
  const report = props.auditTo;
  const auditor = report && createAuditor({ store: props.identityStore, clock, newId: newSortableId, report });
  return { guard: createGuard(signIn, auditor), identity };
}
