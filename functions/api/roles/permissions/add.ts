import { alreadyExists } from '../../../domain/errors.ts';
import { parseGrant } from '../../../domain/permission.ts';
import { requiredText } from '../../../protocol/common.ts';
import { wireRolePermission } from '../../../protocol/identity.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { roleId, roleIn, rolePermissionIn, withRole } from '../role-book.ts';

const request = message({
  role_id: roleId,
  resource_type: requiredText('Kind of resource'),
  resource_pattern: requiredText('Id or name of the resource, or * for all of its kind'),
  permission: requiredText('READ, USE, EDIT, MANAGE or DENY'),
});

export const addRolePermission = defineIdentityOperation({
  method: 'POST',
  path: '/mlflow/roles/permissions/add',
  since: '3.0',
  request,
  handle: async (input, { identity: { store } }) => {
    const grant = parseGrant(input.resource_type, input.resource_pattern, input.permission);
    const { resourceType, resourcePattern } = grant;
    let added = 0;
    const book = await store.updateRoles((current) => {
      const role = roleIn(current, input.role_id);
      const isThere = role.permissions.some(
        (other) => other.resourceType === resourceType && other.resourcePattern === resourcePattern,
      );
      if (isThere) {
        throw alreadyExists(
          `Role permission (role_id=${role.id}, resource_type=${resourceType}, ` +
            `resource_pattern=${resourcePattern}) already exists.`,
        );
      }
      added = current.lastPermissionId + 1;
      const permissions = [...role.permissions, { ...grant, id: added }];
      return { ...withRole(current, { ...role, permissions }), lastPermissionId: added };
    });
    return { role_permission: wireRolePermission(input.role_id, rolePermissionIn(book, added).permission) };
  },
});
