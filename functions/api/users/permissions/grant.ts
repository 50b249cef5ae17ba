import { alreadyExists } from '../../../domain/errors.ts';
import { parseGrant } from '../../../domain/permission.ts';
import { requiredText } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { defineIdentityOperation } from '../../identity/define-identity-operation.ts';
import { findGrant, withGrant } from '../../identity/grants.ts';
import { grantedResource, parseGrantable } from './resource.ts';

export const grantPermission = defineIdentityOperation({
  method: 'POST',
  path: '/mlflow/users/permissions/grant',
  since: '3.0',
  request: message({ ...grantedResource, permission: requiredText('READ, USE, EDIT, MANAGE or DENY') }),
  handle: async (input, { identity: { store } }) => {
    const type = parseGrantable(input.resource_type);
    const grant = parseGrant(type, input.resource_id, input.permission);
    await store.updateUser(input.username, (user) => {
      if (findGrant(user, type, input.resource_id)) {
        throw alreadyExists(
          `Permission for user=${input.username} on resource_type=${type}, ` +
            `resource_id=${input.resource_id} already exists.`,
        );
      }
      return withGrant(user, grant);
    });
    return {};
  },
});
