import { wireIdentity } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { getUser } from '../identity/get-user.ts';

/** Who calls, for MLflow's dashboard: `is_basic_auth` lets it offer to change the password. */
export const currentUser = defineIdentityOperation({
  method: 'GET',
  path: '/mlflow/users/current',
  since: '2.0',
  request: message({}),
  handle: async (_, { identity: { store, oidc }, caller }) => ({
    user: wireIdentity(await getUser(store, caller.username)),
    is_basic_auth: caller.token === undefined && oidc === undefined,
  }),
});
