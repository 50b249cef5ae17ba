import { parseGrant } from '../../../domain/permission.ts';
import { requiredText } from '../../../protocol/common.ts';
import { wireRolePermission } from '../../../protocol/identity.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { rolePermissionId, rolePermissionIn, withRole } from '../role-book.ts';

export const updateRolePermission = defineIdentityOperation({
  method: 'PATCH',
  path: '/mlflow/roles/permissions/update',
  since: '3.0',
  request: message({ role_permission_id: rolePermissionId, permission: requiredText('The new level') }),
  handle: async ({ role_permission_id: id, permission: level }, { identity: { store } }) => {
    const book = await store.updateRoles((current) => {
      const { role, permission } = rolePermissionIn(current, id);
      const changed = { ...parseGrant(permission.resourceType, permission.resourcePattern, level), id };
      const permissions = role.permissions.map((other) => (other === permission ? changed : other));
      return withRole(current, { ...role, permissions });
    });
    const { role, permission } = rolePermissionIn(book, id);
    return { role_permission: wireRolePermission(role.id, permission) };
  },
});
