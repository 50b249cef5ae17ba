import { doesNotExist } from '../../domain/errors.ts';
import type { Role, RolePermission } from '../../domain/user.ts';
import { required } from '../../protocol/message.ts';
import { int32 } from '../../protocol/scalars.ts';
import type { RoleBook } from '../../store/identity-store.ts';

export const roleId = required(int32('Id of a role'));
export const rolePermissionId = required(int32('Id of a permission of a role'));

/** The role; throws RESOURCE_DOES_NOT_EXIST for none. */
export function roleIn({ roles }: RoleBook, id: number): Role {
  const role = roles.find((candidate) => candidate.id === id);
  if (!role) throw doesNotExist(`Role with id=${id} not found`);
  return role;
}

/** The role that has a permission, and the permission; throws RESOURCE_DOES_NOT_EXIST for none. */
export function rolePermissionIn({ roles }: RoleBook, id: number): { role: Role; permission: RolePermission } {
  for (const role of roles) {
    const permission = role.permissions.find((candidate) => candidate.id === id);
    if (permission) return { role, permission };
  }
  throw doesNotExist(`Role permission with id=${id} not found`);
}

/** The book with a role in the place of the one of the same id. */
export const withRole = (book: RoleBook, role: Role): RoleBook => ({
  ...book,
  roles: book.roles.map((other) => (other.id === role.id ? role : other)),
});
