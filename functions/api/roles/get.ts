import { wireRole } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { roleId, roleIn } from './role-book.ts';

export const getRole = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/roles/get',
  since: '3.0',
  request: message({ role_id: roleId }),
  handle: async (input, { identity: { store } }) => ({ role: wireRole(roleIn(await store.getRoles(), input.role_id)) }),
});
