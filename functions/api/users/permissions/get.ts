import { permissionOn, permissionOnRegisteredModel } from '../../../domain/caller.ts';
import { allows, foldGrants } from '../../../domain/permission.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { getUser, rolesOf } from '../../identity/get-user.ts';
import { grantedResource, parseGrantable } from './resource.ts';

/** What a user may do with a resource in the end, by grants, roles and the default (MLflow: it leaves adminship aside). */
export const getPermission = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/users/permissions/get',
  since: '3.0',
  request: message(grantedResource),
  handle: async (input, { identity: { store, defaultPermission } }) => {
    const type = parseGrantable(input.resource_type);
    const user = await getUser(store, input.username);
    const roles = await rolesOf(store, user);
    const holder = {
      username: user.username,
      userId: user.id,
      holdsAll: false,
      isAdmin: false,
      grants: foldGrants([...user.grants, ...roles.flatMap(({ permissions }) => permissions)]),
      byDefault: defaultPermission,
      token: undefined,
    };
    const isModel = type === 'registered_model' || type === 'prompt';
    const permission = isModel
      ? permissionOnRegisteredModel(holder, input.resource_id)
      : permissionOn(holder, { type, id: input.resource_id });
    return { allowed: allows(permission, 'use'), permission };
  },
});
