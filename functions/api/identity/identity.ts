import type { TokenCodec } from '../../domain/access-token.ts';
import type { Permission } from '../../domain/permission.ts';
import type { IdentityStore } from '../../store/identity-store.ts';

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
  /** What holds where nothing was granted. */
  readonly defaultPermission: Permission;
}
