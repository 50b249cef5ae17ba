import { username, wireGrants } from '../../../protocol/identity.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { getUser, rolesOf } from '../../identity/get-user.ts';

export const listPermissions = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/users/permissions/list',
  since: '3.0',
  request: message({ username }),
  handle: async (input, { identity: { store } }) => {
    const user = await getUser(store, input.username);
    return { is_admin: user.isAdmin, permissions: wireGrants(user, await rolesOf(store, user)) };
  },
});
