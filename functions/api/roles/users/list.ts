import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { roleId, roleIn } from '../role-book.ts';

export const listRoleUsers = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/roles/users/list',
  since: '3.0',
  request: message({ role_id: roleId }),
  handle: async (input, { identity: { store } }) => {
    roleIn(await store.getRoles(), input.role_id);
    const assignments = (await store.listUsers()).flatMap((user) =>
      user.roles
        .filter(({ roleId: held }) => held === input.role_id)
        .map(({ id }) => ({ id, user_id: user.id, role_id: input.role_id })),
    );
    return { assignments };
  },
});
