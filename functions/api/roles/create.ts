import { alreadyExists, invalidParameter } from '../../domain/errors.ts';
import { validateRoleName } from '../../domain/user.ts';
import { requiredText } from '../../protocol/common.ts';
import { wireRole } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { roleIn } from './role-book.ts';

const request = message({
  name: requiredText('Name of the role'),
  workspace: requiredText('Workspace; default is the one that counts'),
  description: text('What it is for'),
});

export const createRole = defineIdentityOperation({
  method: 'POST',
  path: '/mlflow/roles/create',
  since: '3.0',
  request,
  handle: async ({ name, workspace, description }, { identity: { store } }) => {
    validateRoleName(name);
    if (workspace.trim() === '') throw invalidParameter('Workspace cannot be empty.');
    const book = await store.updateRoles((current) => {
      if (current.roles.some((role) => role.name === name && role.workspace === workspace)) {
        throw alreadyExists(`Role (name=${name}, workspace=${workspace}) already exists.`);
      }
      const id = current.lastRoleId + 1;
      const role = { id, name, workspace, description, permissions: [] };
      return { ...current, roles: [...current.roles, role], lastRoleId: id };
    });
    const made = book.roles.find((role) => role.name === name && role.workspace === workspace);
    return { role: wireRole(roleIn(book, made?.id ?? book.lastRoleId)) };
  },
});
