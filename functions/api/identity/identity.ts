import type { TokenCodec } from '../../domain/access-token.ts';
import type { Permission } from '../../domain/permission.ts';
import type { IdentityStore } from '../../store/identity-store.ts';
import type { CheckPassword } from './check-password.ts';
import type { OidcSignIn } from './oidc/oidc-sign-in.ts';
import type { Sessions } from './sessions.ts';

/** Hashes and checks passwords; both take long, on purpose. */
export interface Passwords {
  readonly hash: (password: string) => Promise<string>;
  readonly isRight: (password: string, hash: string) => Promise<boolean>;
}

/** All that users, grants, roles, tokens and the audit need besides the request. */
export interface Identity {
  readonly store: IdentityStore;
  readonly passwords: Passwords;
  /** Makes and checks the text of tokens. */
  readonly codec: TokenCodec;
  readonly newTokenId: () => string;
  readonly sessions: Sessions;
  readonly checkPassword: CheckPassword;
  /** Signing in at an OpenID provider; undefined where users sign in by password. */
  readonly oidc: OidcSignIn | undefined;
  /** How browsers reach the server, where requests do not tell: behind a proxy. */
  readonly publicOrigin: string | undefined;
  /** What holds where nothing was granted. */
  readonly defaultPermission: Permission;
}
