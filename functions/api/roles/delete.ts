import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { roleId, roleIn } from './role-book.ts';

/** Deletes a role. Users may still name it: its id is never given again, and an assignment of no role grants nothing. */
export const deleteRole = defineIdentityOperation({
  method: 'DELETE',
  path: '/mlflow/roles/delete',
  since: '3.0',
  request: message({ role_id: roleId }),
  handle: async (input, { identity: { store } }) => {
    await store.updateRoles((book) => {
      const role = roleIn(book, input.role_id);
      return { ...book, roles: book.roles.filter((other) => other !== role) };
    });
    return {};
  },
});
