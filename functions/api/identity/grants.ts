import type { Grant, ResourceType } from '../../domain/permission.ts';
import type { User } from '../../domain/user.ts';

/** What a grant is on. */
type Place = Pick<Grant, 'resourceType' | 'resourcePattern'>;

/** What a user holds on exactly this resource by themselves. */
export const findGrant = ({ grants }: User, type: ResourceType, pattern: string): Grant | undefined =>
  grants.find(({ resourceType, resourcePattern }) => resourceType === type && resourcePattern === pattern);

/** The user with this grant, in the place of another one on the same resource. */
export const withGrant = (user: User, grant: Grant): User => ({
  ...user,
  grants: [...withoutGrant(user, grant).grants, grant],
});

/** The user without a grant on this resource; the very same when there is none. */
export function withoutGrant(user: User, { resourceType: type, resourcePattern: pattern }: Place): User {
  const grant = findGrant(user, type, pattern);
  return grant ? { ...user, grants: user.grants.filter((other) => other !== grant) } : user;
}
