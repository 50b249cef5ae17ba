import type { TokenRecord } from '../domain/access-token.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { ProviderAccount } from '../domain/provider-account.ts';
import type { SessionRecord } from '../domain/session.ts';
import type { Role, User } from '../domain/user.ts';
import type { Change } from './store.ts';

/** What a new user is made of. */
export type NewUser = Pick<User, 'username' | 'passwordHash' | 'isAdmin' | 'account'>;

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
 * The door to users, their grants, roles, tokens, sessions and the audit. It keeps the promises of `Store`: strongly consistent
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
  /** Under which name an account of a provider is known here, as `linkAccount` was told last. */
  readonly findLinkedUsername: (account: ProviderAccount) => Promise<string | undefined>;
  readonly linkAccount: (account: ProviderAccount, username: string) => Promise<void>;
  /** The user, their tokens and their sessions; who comes later by the same name is somebody else. */
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

  readonly putSession: (session: SessionRecord) => Promise<void>;
  readonly findSession: (username: string, sessionId: string) => Promise<SessionRecord | undefined>;
  /** Notes that a session was used; one that is gone meanwhile stays gone. */
  readonly touchSession: (username: string, sessionId: string, now: number) => Promise<void>;
  readonly deleteSession: (username: string, sessionId: string) => Promise<void>;
  /** Ends all sessions of a user. */
  readonly deleteSessions: (username: string) => Promise<void>;

  readonly appendAudit: (entries: readonly AuditEntry[]) => Promise<void>;
  /** At most `limit` entries, the newest first, and whether there may be more. */
  readonly readAudit: (range: AuditRange, limit: number) => Promise<AuditPage>;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly hasMore: boolean;
}
