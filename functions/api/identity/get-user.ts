import { noUser, type Role, type User } from '../../domain/user.ts';
import type { IdentityStore } from '../../store/identity-store.ts';

/** The user; throws RESOURCE_DOES_NOT_EXIST for none. */
export async function getUser(store: IdentityStore, username: string): Promise<User> {
  const user = await store.findUser(username);
  if (!user) throw noUser(username);
  return user;
}

/** The roles that a user has. */
export async function rolesOf(store: IdentityStore, user: User): Promise<readonly Role[]> {
  if (user.roles.length === 0) return [];
  const { roles } = await store.getRoles();
  return roles.filter(({ id }) => user.roles.some(({ roleId }) => roleId === id));
}
