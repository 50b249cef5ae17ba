import { alreadyExists, invalidParameter } from '../../domain/errors.ts';
import { validateRoleName } from '../../domain/user.ts';
import { wireRole } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { roleId, roleIn, withRole } from './role-book.ts';

const request = message({ role_id: roleId, name: text('New name'), description: text('New description') });

export const updateRole = defineIdentityOperation({
  method: 'PATCH',
  path: '/mlflow/roles/update',
  since: '3.0',
  request,
  handle: async ({ role_id: id, name, description }, { identity: { store } }) => {
    if (name === undefined && description === undefined) {
      throw invalidParameter("At least one of 'name' or 'description' must be provided to update a role.");
    }
    if (name !== undefined) validateRoleName(name);
    const book = await store.updateRoles((current) => {
      const role = roleIn(current, id);
      const isTaken = current.roles.some(
        (other) => other.id !== id && other.name === name && other.workspace === role.workspace,
      );
      if (isTaken) throw alreadyExists(`Role with name=${name} already exists in workspace=${role.workspace}`);
      return withRole(current, {
        ...role,
        name: name ?? role.name,
        description: description ?? role.description,
      });
    });
    return { role: wireRole(roleIn(book, id)) };
  },
});
