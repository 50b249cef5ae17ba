import { doesNotExist } from '../../../domain/errors.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { withoutGrant } from '../../identity/grants.ts';
import { grantedResource, parseGrantable } from './resource.ts';

export const revokePermission = defineIdentityOperation({
  method: 'POST',
  path: '/mlflow/users/permissions/revoke',
  since: '3.0',
  request: message(grantedResource),
  handle: async (input, { identity: { store } }) => {
    const resourceType = parseGrantable(input.resource_type);
    await store.updateUser(input.username, (user) => {
      const changed = withoutGrant(user, { resourceType, resourcePattern: input.resource_id });
      if (changed !== user) return changed;
      throw doesNotExist(
        `Permission for user=${input.username} on resource_type=${resourceType}, ` +
          `resource_id=${input.resource_id} not found.`,
      );
    });
    return {};
  },
});
