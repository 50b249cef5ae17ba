import { doesNotExist } from '../../domain/errors.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { permissionDenied } from '../guard/permission-denied.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';

const request = message({
  token_id: requiredText('Id of the token'),
  username: text('Whose; one’s own when absent, another user’s for admins'),
});

/** Ends a token, at once and for good; it stays in the list. */
export const revokeToken = defineIdentityOperation({
  method: 'DELETE',
  path: '/tracklet/tokens',
  since: '2.0',
  request,
  handle: async (input, { identity: { store }, caller, clock }) => {
    const username = input.username || caller.username;
    if (username !== caller.username && !caller.isAdmin) throw permissionDenied();
    if (!(await store.revokeToken(username, input.token_id, clock()))) {
      throw doesNotExist(`Token with id=${input.token_id} of user ${username} not found`);
    }
    return {};
  },
});
