import { wireRolePermission } from '../../../protocol/identity.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { roleId, roleIn } from '../role-book.ts';

export const listRolePermissions = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/roles/permissions/list',
  since: '3.0',
  request: message({ role_id: roleId }),
  handle: async (input, { identity: { store } }) => {
    const { id, permissions } = roleIn(await store.getRoles(), input.role_id);
    return { role_permissions: permissions.map((permission) => wireRolePermission(id, permission)) };
  },
});
