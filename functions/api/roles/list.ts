import { textOrEmpty } from '../../protocol/common.ts';
import { wireRole } from '../../protocol/identity.ts';
import { list, message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';

export const listRoles = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/roles/list',
  since: '3.0',
  request: message({ workspace: list(textOrEmpty('Workspace'), 'Only roles of these; all roles when none is named') }),
  handle: async ({ workspace: workspaces }, { identity: { store } }) => {
    const { roles } = await store.getRoles();
    const isAskedFor = workspaces.length === 0 ? () => true : (name: string) => workspaces.includes(name);
    return { roles: roles.filter(({ workspace }) => isAskedFor(workspace)).map(wireRole) };
  },
});
