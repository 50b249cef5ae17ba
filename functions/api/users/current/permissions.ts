import { wireGrants } from '../../../protocol/identity.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { getUser, rolesOf } from '../../identity/get-user.ts';

export const currentPermissions = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/users/current/permissions',
  since: '3.0',
  request: message({}),
  handle: async (_, { identity: { store }, caller }) => {
    const user = await getUser(store, caller.username);
    return { is_admin: caller.isAdmin, permissions: wireGrants(user, await rolesOf(store, user)) };
  },
});
