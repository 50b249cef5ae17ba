import { changeMlflow, getMlflow, mlflow3, postMlflow } from './request.ts';

/** Kinds of resources that permissions are given on here; MLflow knows more, and they show as they are. */
export const RESOURCE_TYPES = [
  'experiment',
  'registered_model',
  'prompt',
  'run',
  'logged_model',
  'registered_model_version',
  'prompt_version',
] as const;

/** Kinds of which a permission speaks of all or nothing (MLflow: server/auth/permissions.py). */
export const WHOLE_TYPES: readonly string[] = ['run', 'logged_model', 'registered_model_version', 'prompt_version'];

/** The levels that can be given (MLflow: server/auth/permissions.py). */
export const PERMISSIONS = ['READ', 'USE', 'EDIT', 'MANAGE', 'DENY'] as const;

/** A level on a resource, or with `*` on all of a kind. */
export interface Permission {
  readonly resourceType: string;
  readonly resourcePattern: string;
  readonly permission: string;
}

/** Permissions that users are given together. */
export interface Role {
  readonly roleId: number;
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly RolePermission[];
}

export interface RolePermission extends Permission {
  readonly permissionId: number;
}

export interface User {
  readonly username: string;
  readonly isAdmin: boolean;
  readonly roles: readonly Pick<Role, 'roleId' | 'name'>[];
}

interface WireRole {
  readonly id: number;
  readonly name: string;
  readonly description?: string | null;
  readonly permissions?: readonly WirePermission[];
}

interface WirePermission {
  readonly id: number;
  readonly resource_type: string;
  readonly resource_pattern: string;
  readonly permission: string;
}

interface WireUser {
  readonly username: string;
  readonly is_admin: boolean;
  readonly roles: readonly WireRole[];
}

/** All users; what roles others have only admins are told. */
export async function listUsers(signal?: AbortSignal): Promise<readonly User[]> {
  const { users } = await getMlflow<{ users: readonly WireUser[] }>('users/list', {}, { signal });
  return users.map(({ username, is_admin: isAdmin, roles }) => ({
    username,
    isAdmin,
    roles: roles.map(({ id: roleId, name }) => ({ roleId, name })),
  }));
}

export const createUser = (username: string, password: string): Promise<object> =>
  postMlflow('users/create', { username, password });

export const deleteUser = (username: string): Promise<object> => changeMlflow('DELETE', 'users/delete', { username });

export const setAdmin = (username: string, isAdmin: boolean): Promise<object> =>
  changeMlflow('PATCH', 'users/update-admin', { username, is_admin: isAdmin });

/** Sets a password, and ends all sessions of its user; for one's own the current one must be given. */
export const setPassword = (username: string, password: string, current?: string): Promise<object> =>
  changeMlflow('PATCH', 'users/update-password', { username, password, current_password: current });

/** What somebody holds: given to them alone, or by a role. */
export interface HeldPermission extends Permission {
  /** Undefined for what they hold by themselves. */
  readonly roleName: string | undefined;
}

interface WireHeld extends Omit<WirePermission, 'id'> {
  readonly role_name: string;
}

/** MLflow keeps what is given to a user alone in a role of their own (functions/domain/user.ts, ownRoleName). */
const OWN_ROLE = /^__user_\d+__$/;

export async function listPermissions(username: string, signal?: AbortSignal): Promise<readonly HeldPermission[]> {
  const { permissions } = await mlflow3.get<{ permissions: readonly WireHeld[] }>(
    'users/permissions/list',
    { username },
    { signal },
  );
  return permissions.map(({ role_name: role, ...rest }) => ({
    ...readPermission(rest),
    roleName: OWN_ROLE.test(role) ? undefined : role,
  }));
}

export const grantPermission = (username: string, permission: Permission): Promise<object> =>
  mlflow3.change('POST', 'users/permissions/grant', {
    username,
    resource_type: permission.resourceType,
    resource_id: permission.resourcePattern,
    permission: permission.permission,
  });

export const revokePermission = (username: string, { resourceType, resourcePattern }: Permission): Promise<object> =>
  mlflow3.change('POST', 'users/permissions/revoke', {
    username,
    resource_type: resourceType,
    resource_id: resourcePattern,
  });

export async function listRoles(signal?: AbortSignal): Promise<readonly Role[]> {
  const { roles } = await mlflow3.get<{ roles: readonly WireRole[] }>('roles/list', {}, { signal });
  return roles.map(({ id, name, description, permissions = [] }) => ({
    roleId: id,
    name,
    description: description ?? '',
    permissions: permissions.map((each) => ({ ...readPermission(each), permissionId: each.id })),
  }));
}

/** The one workspace there is (functions/domain/user.ts, DEFAULT_WORKSPACE). */
const WORKSPACE = 'default';

export const createRole = (name: string, description: string): Promise<object> =>
  mlflow3.change('POST', 'roles/create', { name, workspace: WORKSPACE, description });

export const deleteRole = (roleId: number): Promise<object> =>
  mlflow3.change('DELETE', 'roles/delete', { role_id: roleId });

export const addRolePermission = (roleId: number, permission: Permission): Promise<object> =>
  mlflow3.change('POST', 'roles/permissions/add', {
    role_id: roleId,
    resource_type: permission.resourceType,
    resource_pattern: permission.resourcePattern,
    permission: permission.permission,
  });

export const removeRolePermission = (permissionId: number): Promise<object> =>
  mlflow3.change('DELETE', 'roles/permissions/remove', { role_permission_id: permissionId });

export const assignRole = (username: string, roleId: number): Promise<object> =>
  mlflow3.change('POST', 'roles/assign', { username, role_id: roleId });

export const unassignRole = (username: string, roleId: number): Promise<object> =>
  mlflow3.change('DELETE', 'roles/unassign', { username, role_id: roleId });

const readPermission = (wire: Omit<WirePermission, 'id'>): Permission => ({
  resourceType: wire.resource_type,
  resourcePattern: wire.resource_pattern,
  permission: wire.permission,
});
