import type { TokenRecord } from '../domain/access-token.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { Role, User } from '../domain/user.ts';
import type { Change } from './store.ts';

/** What a new user is made of. */
export type NewUser = Pick<User, 'username' | 'passwordHash' | 'isAdmin'>;

/** All roles, and the last ids that were given to them, to their permissions and to assignments of them. */
export interface RoleBook {
  readonly roles: readonly Role[];
  readonly lastRoleId: number;
  readonly lastPermissionId: number;
  readonly lastAssignmentId: number;
}

/** Which audit entries are wanted: those of a time, newest first. */
export interface AuditRange {
  /** Milliseconds since the epoch, both included. */
  readonly from: number;
  readonly to: number;
  /** Only entries before this id. */
  readonly before?: string | undefined;
}

/**
 * The door to users, their grants, roles, tokens and the audit. It keeps the promises of `Store`: strongly consistent
 * reads, writes that are durable and bear running twice.
 */
export interface IdentityStore {
  /** Throws RESOURCE_ALREADY_EXISTS when the name is taken. */
  readonly createUser: (user: NewUser) => Promise<User>;
  readonly findUser: (username: string) => Promise<User | undefined>;
  /** By id. */
  readonly listUsers: () => Promise<readonly User[]>;
  /** Throws RESOURCE_DOES_NOT_EXIST when there is no such user. */
  readonly updateUser: (username: string, change: Change<User>) => Promise<User>;
  /** The user and their tokens; who comes later by the same name is somebody else. */
  readonly deleteUser: (username: string) => Promise<void>;

  readonly getRoles: () => Promise<RoleBook>;
  readonly updateRoles: (change: Change<RoleBook>) => Promise<RoleBook>;

  readonly putToken: (token: TokenRecord) => Promise<void>;
  readonly findToken: (username: string, tokenId: string) => Promise<TokenRecord | undefined>;
  /** Of one user, the newest first. */
  readonly listTokens: (username: string) => Promise<readonly TokenRecord[]>;
  /** Gives whether there was such a token. */
  readonly revokeToken: (username: string, tokenId: string, now: number) => Promise<boolean>;
  /** Notes that a token was used; a token that is gone meanwhile stays gone. */
  readonly touchToken: (username: string, tokenId: string, now: number) => Promise<void>;

  readonly appendAudit: (entries: readonly AuditEntry[]) => Promise<void>;
  /** At most `limit` entries, the newest first, and whether there may be more. */
  readonly readAudit: (range: AuditRange, limit: number) => Promise<AuditPage>;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly hasMore: boolean;
}
