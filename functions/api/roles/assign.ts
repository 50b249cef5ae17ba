import { alreadyExists } from '../../domain/errors.ts';
import { username } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { getUser } from '../identity/get-user.ts';
import { roleId, roleIn } from './role-book.ts';

export const assignRole = defineIdentityOperation({
  method: 'POST',
  path: '/mlflow/roles/assign',
  since: '3.0',
  request: message({ username, role_id: roleId }),
  handle: async (input, { identity: { store } }) => {
    await getUser(store, input.username);
    const { lastAssignmentId: id } = await store.updateRoles((book) => {
      roleIn(book, input.role_id);
      return { ...book, lastAssignmentId: book.lastAssignmentId + 1 };
    });
    const user = await store.updateUser(input.username, (current) => {
      if (current.roles.some(({ roleId: held }) => held === input.role_id)) {
        throw alreadyExists(`User role assignment (user_id=${current.id}, role_id=${input.role_id}) already exists`);
      }
      return { ...current, roles: [...current.roles, { id, roleId: input.role_id }] };
    });
    return { assignment: { id, user_id: user.id, role_id: input.role_id } };
  },
});
