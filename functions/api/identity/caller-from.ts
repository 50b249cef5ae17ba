import type { Caller, TokenBounds } from '../../domain/caller.ts';
import { foldGrants, type Permission } from '../../domain/permission.ts';
import type { KnownUser } from './kept-access.ts';

/** What a user may do, by themselves or with a token of theirs. */
export const callerFrom = ({ user, roles }: KnownUser, byDefault: Permission, token?: TokenBounds): Caller => ({
  username: user.username,
  userId: user.id,
  holdsAll: user.isAdmin,
  isAdmin: user.isAdmin && (token === undefined || (token.role === 'ADMIN' && !token.experimentIds)),
  grants: foldGrants([...user.grants, ...roles.flatMap(({ permissions }) => permissions)]),
  byDefault,
  token,
});
