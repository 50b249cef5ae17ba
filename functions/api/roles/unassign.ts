import { doesNotExist } from '../../domain/errors.ts';
import { username } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { roleId } from './role-book.ts';

export const unassignRole = defineIdentityOperation({
  method: 'DELETE',
  path: '/mlflow/roles/unassign',
  since: '3.0',
  request: message({ username, role_id: roleId }),
  handle: async (input, { identity: { store } }) => {
    await store.updateUser(input.username, (user) => {
      const roles = user.roles.filter(({ roleId: held }) => held !== input.role_id);
      if (roles.length < user.roles.length) return { ...user, roles };
      throw doesNotExist(`User role assignment (user_id=${user.id}, role_id=${input.role_id}) not found`);
    });
    return {};
  },
});
