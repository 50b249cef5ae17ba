import type { IdentityStore, RoleBook } from '../../identity-store.ts';
import { createDocuments, type DocumentCodec, type DocumentPlatform } from '../documents.ts';
import { ROLES_KEY } from '../keys.ts';

const bookCodec: DocumentCodec<RoleBook> = {
  encode: (book) => JSON.stringify(book),
  // The table holds what encode wrote.
  decode: (json) => JSON.parse(json) as RoleBook,
  extra: () => ({}),
};

const EMPTY: RoleBook = { roles: [], lastRoleId: 0, lastPermissionId: 0, lastAssignmentId: 0 };

/** Roles are few and asked for together: all of them are one document, which also counts their ids. */
export function createRoleVerbs(platform: DocumentPlatform): Pick<IdentityStore, 'getRoles' | 'updateRoles'> {
  const documents = createDocuments(bookCodec, platform);
  const getRoles = async (): Promise<RoleBook> => (await documents.find(ROLES_KEY)) ?? EMPTY;
  return {
    getRoles,
    updateRoles: async (change) => {
      const book = await documents.update(ROLES_KEY, change);
      if (book !== undefined && book !== 'taken') return book;
      await documents.createIfAbsent(ROLES_KEY, EMPTY);
      const made = await documents.update(ROLES_KEY, change);
      return made === undefined || made === 'taken' ? getRoles() : made;
    },
  };
}
