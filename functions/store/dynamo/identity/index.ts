import type { IdentityStore } from '../../identity-store.ts';
import type { DocumentPlatform } from '../documents.ts';
import { createAuditVerbs } from './audit.ts';
import { createRoleVerbs } from './roles.ts';
import { createSessionVerbs } from './sessions.ts';
import { createTokenVerbs } from './tokens.ts';
import { createUserVerbs } from './users.ts';

/** The identity door on the table of a store; it shares the store's own way to write. */
export const createIdentityStore = (platform: DocumentPlatform): IdentityStore => ({
  ...createUserVerbs(platform),
  ...createRoleVerbs(platform),
  ...createTokenVerbs(platform.table),
  ...createSessionVerbs(platform.table),
  ...createAuditVerbs(platform.table),
});
