import type { Role, RoleAssignment, User } from '../../../domain/user.ts';
import type { IdentityStore } from '../../../store/identity-store.ts';

/**
 * The user with the roles that are called like their groups, and no other roles that they had for a group; the very same
 * when nothing changes. What an admin gave them stays.
 */
export function withGroups(
  user: User,
  roles: readonly Role[],
  groups: ReadonlySet<string>,
  newId: (roleId: number) => number,
): User {
  const wanted = new Set(roles.filter(({ name }) => groups.has(name)).map(({ id }) => id));
  const kept = user.roles.filter(({ roleId, isByGroup }) => !isByGroup || wanted.has(roleId));
  const held = new Set(kept.map(({ roleId }) => roleId));
  const added = [...wanted]
    .filter((roleId) => !held.has(roleId))
    .map((roleId): RoleAssignment => ({ id: newId(roleId), roleId, isByGroup: true }));
  return added.length === 0 && kept.length === user.roles.length ? user : { ...user, roles: [...kept, ...added] };
}

/** Has a user hold what their groups give them from now on; `isAdmin` is undefined where groups say nothing of it. */
export async function sameGroups(
  store: IdentityStore,
  user: User,
  groups: ReadonlySet<string>,
  isAdmin: boolean | undefined,
): Promise<User> {
  const { roles } = await store.getRoles();
  const ids = await idsOfNew(store, withGroups(user, roles, groups, () => NEW).roles);
  return store.updateUser(user.username, (current) => {
    const updated = withGroups(current, roles, groups, (roleId) => ids.get(roleId) ?? NEW);
    return isAdmin === undefined || isAdmin === updated.isAdmin ? updated : { ...updated, isAdmin };
  });
}

/** In the place of an id that is still to be given. */
const NEW = 0;

/** Ids for the assignments that still have none, by role. */
async function idsOfNew(
  store: IdentityStore,
  assignments: readonly RoleAssignment[],
): Promise<ReadonlyMap<number, number>> {
  const added = assignments.filter(({ id }) => id === NEW);
  if (added.length === 0) return new Map();
  const { lastAssignmentId } = await store.updateRoles((book) => ({
    ...book,
    lastAssignmentId: book.lastAssignmentId + added.length,
  }));
  return new Map(added.map(({ roleId }, at) => [roleId, lastAssignmentId - at]));
}
