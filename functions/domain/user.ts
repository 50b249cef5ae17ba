import { alreadyExists, doesNotExist, invalidParameter } from './errors.ts';
import { lengthOf } from './names.ts';
import type { Grant } from './permission.ts';
import type { ProviderAccount } from './provider-account.ts';

/** Somebody who can sign in. */
export interface User {
  readonly id: number;
  readonly username: string;
  /** Never leaves the server; NO_PASSWORD for who signs in elsewhere. */
  readonly passwordHash: string;
  readonly isAdmin: boolean;
  /** What was granted to them alone. */
  readonly grants: readonly Grant[];
  readonly roles: readonly RoleAssignment[];
  /** Who they are to the OpenID provider that they sign in at; undefined for who signs in here. */
  readonly account?: ProviderAccount | undefined;
}

/** In the place of a hash: no password is right. */
export const NO_PASSWORD = '';

/** That a user has a role. */
export interface RoleAssignment {
  readonly id: number;
  readonly roleId: number;
  /** Given for a group at the provider, and taken away with it. */
  readonly isByGroup?: boolean | undefined;
}

/** One grant of a role. */
export interface RolePermission extends Grant {
  readonly id: number;
}

/** A named set of grants that users are given together. */
export interface Role {
  readonly id: number;
  readonly name: string;
  readonly workspace: string;
  readonly description: string | undefined;
  readonly permissions: readonly RolePermission[];
}

/** The one workspace there is: MLflow names it in roles even where it has no workspaces. */
export const DEFAULT_WORKSPACE = 'default';

/** Characters of a user's name (MLflow: server/auth/db/models.py, users.username). */
export const MAX_USERNAME_LENGTH = 255;
/** Characters of a password (MLflow: utils/validation.py, _validate_password). */
const MIN_PASSWORD_LENGTH = 12;
/** A hash takes as long as its password: more is refused. */
const MAX_PASSWORD_LENGTH = 1024;

/** Throws INVALID_PARAMETER_VALUE for a name nobody could sign in with: HTTP splits user and password at the first colon. */
export function validateUsername(username: string): void {
  if (username === '') throw invalidParameter('Username cannot be empty.');
  if (lengthOf(username) > MAX_USERNAME_LENGTH) {
    throw invalidParameter(`Username cannot be longer than ${MAX_USERNAME_LENGTH} characters.`);
  }
  if (/[:\p{Cc}]/u.test(username)) {
    throw invalidParameter('Username cannot contain colons or control characters.');
  }
}

/** Throws INVALID_PARAMETER_VALUE for a password that is too short, or too long to be hashed. */
export function validatePassword(password: string): void {
  const length = lengthOf(password);
  if (length < MIN_PASSWORD_LENGTH) {
    throw invalidParameter(`Password must be at least ${MIN_PASSWORD_LENGTH} characters.`);
  }
  if (length > MAX_PASSWORD_LENGTH) {
    throw invalidParameter(`Password cannot be longer than ${MAX_PASSWORD_LENGTH} characters.`);
  }
}

/** The name under which MLflow keeps what was granted to a user alone: a role of their own. */
export const ownRoleName = (userId: number): string => `__user_${userId}__`;

/** Throws INVALID_PARAMETER_VALUE for a role name that is empty or of the form of `ownRoleName`. */
export function validateRoleName(name: string): void {
  if (name.trim() === '') throw invalidParameter('Role name cannot be empty.');
  if (/^__user_\d+__$/.test(name)) throw invalidParameter(`Role name '${name}' is reserved.`);
}

export const noUser = (username: string) => doesNotExist(`User with username=${username} not found`);
export const userExists = (username: string) => alreadyExists(`User (username=${username}) already exists.`);
