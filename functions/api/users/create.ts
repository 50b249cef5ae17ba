import { validatePassword, validateUsername } from '../../domain/user.ts';
import { password, username, wireUser } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';

export const createUser = defineIdentityOperation({
  method: 'POST',
  path: '/mlflow/users/create',
  since: '2.0',
  request: message({ username, password }),
  handle: async (input, { identity: { store, passwords } }) => {
    validateUsername(input.username);
    validatePassword(input.password);
    const passwordHash = await passwords.hash(input.password);
    const user = await store.createUser({ username: input.username, passwordHash, isAdmin: false });
    return { user: wireUser(user) };
  },
});
