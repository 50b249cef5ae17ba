import { message } from '../protocol/message.ts';
import { defineOperation } from './operation.ts';

/** Who calls, and what bounds them; `auth` tells whether there is anything to sign in to. */
export const whoami = defineOperation({
  method: 'GET',
  path: '/tracklet/whoami',
  since: '2.0',
  request: message({}),
  handle: async (_, { caller, identity }) =>
    caller === undefined
      ? { auth: 'none' }
      : {
          auth: identity?.oidc ? 'oidc' : 'basic',
          username: caller.username,
          user_id: caller.userId,
          is_admin: caller.isAdmin,
          default_permission: caller.byDefault,
          token: caller.token && {
            token_id: caller.token.tokenId,
            role: caller.token.role,
            experiment_ids: caller.token.experimentIds && [...caller.token.experimentIds],
            registered_models: caller.token.registeredModels && [...caller.token.registeredModels],
          },
        },
});
