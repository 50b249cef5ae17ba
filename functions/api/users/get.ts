import { username, wireUser } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { getUser as readUser } from '../identity/get-user.ts';

export const getUser = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/users/get',
  since: '2.0',
  request: message({ username }),
  handle: async (input, { identity: { store } }) => ({ user: wireUser(await readUser(store, input.username)) }),
});
