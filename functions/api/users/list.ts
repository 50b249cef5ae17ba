import { wireIdentity, wireRole } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';

/** All users, for whoever hands out work or permissions; which roles they have only admins and they themselves see. */
export const listUsers = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/users/list',
  since: '2.0',
  request: message({}),
  handle: async (_, { identity: { store }, caller }) => {
    const [users, { roles }] = await Promise.all([store.listUsers(), store.getRoles()]);
    return {
      users: users.map((user) => {
        const isVisible = caller.isAdmin || caller.userId === user.id;
        const assigned = new Set(isVisible ? user.roles.map(({ roleId }) => roleId) : []);
        return { ...wireIdentity(user), roles: roles.filter(({ id }) => assigned.has(id)).map(wireRole) };
      }),
    };
  },
});
