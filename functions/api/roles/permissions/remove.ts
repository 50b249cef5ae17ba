import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { rolePermissionId, rolePermissionIn, withRole } from '../role-book.ts';

export const removeRolePermission = defineIdentityOperation({
  method: 'DELETE',
  path: '/mlflow/roles/permissions/remove',
  since: '3.0',
  request: message({ role_permission_id: rolePermissionId }),
  handle: async (input, { identity: { store } }) => {
    await store.updateRoles((book) => {
      const { role, permission } = rolePermissionIn(book, input.role_permission_id);
      return withRole(book, { ...role, permissions: role.permissions.filter((other) => other !== permission) });
    });
    return {};
  },
});
