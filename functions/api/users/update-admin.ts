import { username } from '../../protocol/identity.ts';
import { message, required } from '../../protocol/message.ts';
import { flag } from '../../protocol/scalars.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';

export const updateAdmin = defineIdentityOperation({
  method: 'PATCH',
  path: '/mlflow/users/update-admin',
  since: '2.0',
  request: message({ username, is_admin: required(flag('Whether the user is an admin')) }),
  handle: async (input, { identity: { store } }) => {
    await store.updateUser(input.username, (user) => ({ ...user, isAdmin: input.is_admin }));
    return {};
  },
});
