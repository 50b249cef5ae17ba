import type { TokenRecord } from '../domain/access-token.ts';
import { DEFAULT_WORKSPACE, ownRoleName, type Role, type RolePermission, type User } from '../domain/user.ts';
import { requiredText } from './common.ts';

export const username = requiredText('Name of a user');
export const password = requiredText('Password, at least 12 characters');

/**
 * A user as clients up to 3.10 read it, who want the permissions as well; later ones leave them aside (MLflow:
 * server/auth/entities.py, User.from_json).
 */
export const wireUser = (user: User) => ({
  ...wireIdentity(user),
  experiment_permissions: user.grants
    .filter(({ resourceType }) => resourceType === 'experiment')
    .map(({ resourcePattern, permission }) => wireExperimentPermission(user, resourcePattern, permission)),
  registered_model_permissions: user.grants
    .filter(({ resourceType }) => resourceType === 'registered_model')
    .map(({ resourcePattern, permission }) => wireModelPermission(user, resourcePattern, permission)),
  scorer_permissions: [],
});

export const wireIdentity = ({ id, username: name, isAdmin }: User) => ({ id, username: name, is_admin: isAdmin });

export const wireExperimentPermission = ({ id }: User, experimentId: string, permission: string) => ({
  experiment_id: experimentId,
  user_id: id,
  permission,
});

export const wireModelPermission = ({ id }: User, name: string, permission: string) => ({
  workspace: DEFAULT_WORKSPACE,
  name,
  user_id: id,
  permission,
});

export const wireRolePermission = (roleId: number, permission: RolePermission) => ({
  id: permission.id,
  role_id: roleId,
  resource_type: permission.resourceType,
  resource_pattern: permission.resourcePattern,
  permission: permission.permission,
});

export const wireRole = ({ id, name, workspace, description, permissions }: Role) => ({
  id,
  name,
  workspace,
  description: description ?? null,
  permissions: permissions.map((permission) => wireRolePermission(id, permission)),
});

/** All that a user holds, by roles; what was granted to them alone stands under a role of their own. */
export function wireGrants(user: User, roles: readonly Role[]) {
  const own = { id: 0, name: ownRoleName(user.id), workspace: DEFAULT_WORKSPACE, permissions: user.grants };
  return [own, ...roles].flatMap((role) =>
    role.permissions.map(({ resourceType, resourcePattern, permission }) => ({
      role_id: role.id,
      role_name: role.name,
      workspace: role.workspace,
      resource_type: resourceType,
      resource_pattern: resourcePattern,
      permission,
    })),
  );
}

/** A token's record; times in ms since the epoch. */
export const wireToken = (token: TokenRecord) => ({
  token_id: token.tokenId,
  name: token.name,
  username: token.username,
  role: token.role,
  experiment_ids: token.experimentIds,
  registered_models: token.registeredModels,
  creation_time: token.createdAt,
  expiration_time: token.expiresAt,
  last_used_time: token.lastUsedAt,
  revocation_time: token.revokedAt,
});
