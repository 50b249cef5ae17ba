import { wireToken } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { permissionDenied } from '../guard/permission-denied.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { getUser } from '../identity/get-user.ts';

/** What is kept of a user's tokens, the newest first. */
export const listTokens = defineIdentityOperation({
  method: 'GET',
  path: '/tracklet/tokens',
  since: '2.0',
  request: message({ username: text('Whose; one’s own when absent, another user’s for admins') }),
  handle: async (input, { identity: { store }, caller }) => {
    const username = input.username || caller.username;
    if (username !== caller.username && !caller.isAdmin) throw permissionDenied();
    const { id } = await getUser(store, username);
    const tokens = (await store.listTokens(username)).filter(({ userId }) => userId === id);
    return { tokens: tokens.map(wireToken) };
  },
});
