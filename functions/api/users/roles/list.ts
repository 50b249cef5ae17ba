import { username, wireRole } from '../../../protocol/identity.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { getUser, rolesOf } from '../../identity/get-user.ts';

export const listUserRoles = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/users/roles/list',
  since: '3.0',
  request: message({ username }),
  handle: async (input, { identity: { store } }) => {
    const user = await getUser(store, input.username);
    return { roles: (await rolesOf(store, user)).map(wireRole) };
  },
});
