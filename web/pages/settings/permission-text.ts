import type { Permission } from '../../api/users.ts';

/** The name of a kind of resource in words: `registered model`. */
export const typeText = (resourceType: string): string => resourceType.replaceAll('_', ' ');

/** A permission in words: `EDIT on experiment 3`, `READ on every registered model`. */
export function permissionText({ resourceType, resourcePattern, permission }: Permission): string {
  const type = typeText(resourceType);
  return `${permission} on ${resourcePattern === '*' ? `every ${type}` : `${type} ${resourcePattern}`}`;
}
