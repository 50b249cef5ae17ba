import { createAuditor } from '../api/audit/auditor.ts';
import { createGuard, type Guard } from '../api/guard/guard.ts';
import { createCheckPassword } from '../api/identity/check-password.ts';
import type { Identity } from '../api/identity/identity.ts';
import { keepAccess } from '../api/identity/kept-access.ts';
import { findLiveToken } from '../api/identity/live-token.ts';
import { createProvenPasswords } from '../api/identity/proven-passwords.ts';
import { createSessions } from '../api/identity/sessions.ts';
import { createSignIn } from '../api/identity/sign-in.ts';
import { createThrottle } from '../api/identity/throttle.ts';
import type { Permission } from '../domain/permission.ts';
import { hashPassword, isPasswordOf, isSameText } from '../platform/password-hash.ts';
import { hmacSha256, newSortableId, randomHex, sha256 } from '../platform/system.ts';
import type { IdentityStore } from '../store/identity-store.ts';
import type { OpenOidc } from './open-oidc.ts';
import { createTokenCodec, type SigningKey } from './token-codec.ts';

interface GuardProps {
  readonly identityStore: IdentityStore;
  /** By which all processes of a deployment sign and check tokens. */
  readonly tokenKey: (wantedKeyId?: string) => Promise<SigningKey>;
  readonly defaultPermission: Permission;
  readonly clock: () => number;
  /** Where users sign in, in the place of passwords; undefined where they sign in here. */
  readonly openOidc?: OpenOidc | undefined;
  /** How browsers reach the server, as `https://tracklet.example.org`; undefined where requests tell. */
  readonly publicOrigin?: string | undefined;
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

/** Wires signing in by password, token, session and OpenID provider, over one store of identities. */
export function openGuard(props: GuardProps): Guarding {
  const { clock } = props;
  const access = keepAccess(props.identityStore, clock);
  const { store } = access;
  const processKey = randomHex(64);
  const proven = createProvenPasswords({ digest: (text) => hmacSha256(processKey, text), isSame: isSameText, clock });
  const passwords = { hash: props.hash ?? hashPassword, isRight: isPasswordOf };
  const newSecret = () => randomHex(64);
  const identity: Identity = {
    store,
    passwords,
    codec: createTokenCodec({ hmac: hmacSha256, clock, key: props.tokenKey }),
    newTokenId: () => randomHex(32),
    defaultPermission: props.defaultPermission,
    checkPassword: createCheckPassword({ passwords, access, proven, throttle: createThrottle(clock) }),
    sessions: createSessions({ store, access, clock, newSecret, hash: sha256, hmac: hmacSha256 }),
    oidc: props.openOidc?.({ access, sealingSecret: async () => (await props.tokenKey()).secret, newSecret, clock }),
    publicOrigin: props.publicOrigin,
  };
  const signIn = createSignIn({
    identity,
    access,
    sessions: identity.sessions,
    checkPassword: identity.checkPassword,
    byProvider: identity.oidc?.byToken,
    isSame: isSameText,
    clock,
  });
  const report = props.auditTo;
  const auditor = report && createAuditor({ store: props.identityStore, clock, newId: newSortableId, report });
  const holdsAll: Guarding['holdsAll'] = async (username, tokenId) => {
    const found = await findLiveToken({ identity, access, clock }, username, tokenId);
    return found.kind === 'alive' && found.known.user.isAdmin;
  };
  return { guard: createGuard(signIn, auditor), identity, holdsAll };
}
