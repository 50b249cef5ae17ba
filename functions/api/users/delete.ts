import { badRequest } from '../../domain/errors.ts';
import { username } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';

const NOT_ONESELF = 'Users cannot delete their own account. Ask another admin to delete this user instead.';

export const deleteUser = defineIdentityOperation({
  method: 'DELETE',
  path: '/mlflow/users/delete',
  since: '2.0',
  request: message({ username }),
  handle: async (input, { identity: { store }, caller }) => {
    if (input.username === caller.username) throw badRequest(NOT_ONESELF);
    await store.deleteUser(input.username);
    return {};
  },
});
