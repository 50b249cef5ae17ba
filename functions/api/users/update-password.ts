import { invalidParameter } from '../../domain/errors.ts';
import { validatePassword } from '../../domain/user.ts';
import { password, username } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { getUser } from '../identity/get-user.ts';

const request = message({ username, password, current_password: text('Must be given for one’s own') });

/** Changes a password, and ends all sessions of its user. For one's own the current one must be given, lest a session that was left open be kept for good. */
export const updatePassword = defineIdentityOperation({
  method: 'PATCH',
  path: '/mlflow/users/update-password',
  since: '2.0',
  request,
  handle: async (input, { identity: { store, passwords }, caller }) => {
    const user = await getUser(store, input.username);
    if (user.account)
      throw invalidParameter(`${user.username} signs in at an OpenID provider and has no password here.`);
    validatePassword(input.password);
    if (user.username === caller.username) {
      const current = input.current_password;
      if (!current) throw invalidParameter('Current password is required when changing your own password.');
      if (!(await passwords.isRight(current, user.passwordHash))) {
        throw invalidParameter('Current password does not match.');
      }
      if (input.password === current) throw invalidParameter('New password must differ from the current password.');
    }
    const passwordHash = await passwords.hash(input.password);
    await store.updateUser(input.username, (fresh) => ({ ...fresh, passwordHash }));
    // Whoever knew the old one may have one open.
    await store.deleteSessions(input.username);
    return {};
  },
});
