import { MlflowError } from '../../../domain/errors.ts';
import {
  type ClaimMapping,
  type Claims,
  groupsIn,
  isAdminBy,
  type ProviderAccount,
  usernameIn,
} from '../../../domain/provider-account.ts';
import { NO_PASSWORD, type Role, type User, validateUsername } from '../../../domain/user.ts';
import type { IdentityStore } from '../../../store/identity-store.ts';
import type { KeptAccess, KnownUser } from '../kept-access.ts';
import { sameGroups, withGroups } from './groups.ts';

/** Who somebody of the provider is here, with the roles they have; or why nobody, in words for them. */
export type ProviderOutcome =
  | { readonly kind: 'user'; readonly known: KnownUser }
  | { readonly kind: 'refused'; readonly reason: string };

/** Finds the users of a provider's accounts, and makes them at their first sign-in. */
export interface KnownAccounts {
  /** Signs in for a session: what the provider says of groups holds from now on. */
  readonly admit: (claims: Claims) => Promise<ProviderOutcome>;
  /** Signs in for a request: what the token says of groups holds for it alone, lest an old token bring a lost one back. */
  readonly recognise: (claims: Claims) => Promise<ProviderOutcome>;
}

interface KnownAccountsProps {
  readonly store: IdentityStore;
  readonly access: Pick<KeptAccess, 'findUser' | 'findRoles' | 'findLinkedUsername'>;
  readonly mapping: ClaimMapping;
}

const NONE: ReadonlySet<string> = new Set();

/** Users by the pair of issuer and subject: a name that the provider gives to somebody else does not give them the user. */
export function createKnownAccounts({ store, access, mapping }: KnownAccountsProps): KnownAccounts {
  const accountOf = (claims: Claims): ProviderAccount => ({
    issuer: String(claims.iss),
    subject: String(claims.sub),
  });

  const make = async (account: ProviderAccount, username: string): Promise<User | undefined> => {
    try {
      const made = await store.createUser({ username, passwordHash: NO_PASSWORD, isAdmin: false, account });
      await store.linkAccount(account, username);
      return made;
    } catch (error) {
      if (!(error instanceof MlflowError) || error.code !== 'RESOURCE_ALREADY_EXISTS') throw error;
      const present = await store.findUser(username);
      if (!isAccountOf(account, present)) return undefined;
      // Theirs, made a moment ago, or by a process that ended before it could link it.
      await store.linkAccount(account, username);
      return present;
    }
  };

  const findOrMake = async (
    claims: Claims,
    username: string | undefined,
    finders: Finders,
  ): Promise<User | Refusal> => {
    const account = accountOf(claims);
    const linked = await finders.findLinkedUsername(account);
    const present = linked === undefined ? undefined : await finders.findUser(linked);
    if (isAccountOf(account, present)) return present;
    if (username === undefined) return refused(`The provider tells no ${mapping.usernameClaim} of this account.`);
    const fault = faultOfName(username);
    if (fault !== undefined) return refused(fault);
    const made = await make(account, username);
    return made ?? refused(`The name '${username}' belongs to another user of this server; an admin can tell more.`);
  };

  const kept: Finders = {
    findLinkedUsername: access.findLinkedUsername,
    findUser: async (username) => (await access.findUser(username))?.user,
  };
  return {
    admit: async (claims) => {
      const found = await findOrMake(claims, usernameIn(claims, mapping), store);
      if ('kind' in found) return found;
      const groups = groupsIn(claims, mapping) ?? NONE;
      const user = await sameGroups(store, found, groups, isAdminBy(groups, found.username, mapping));
      return { kind: 'user', known: { user, roles: rolesOf(user, await access.findRoles()) } };
    },
    recognise: async (claims) => {
      // Machines have accounts without names.
      const found = await findOrMake(claims, usernameIn(claims, mapping) ?? String(claims.sub), kept);
      if ('kind' in found) return found;
      const [groups, roles] = [groupsIn(claims, mapping), await access.findRoles()];
      // Tokens for machines seldom speak of groups: then what the last sign-in brought holds.
      if (groups === undefined) return { kind: 'user', known: { user: found, roles: rolesOf(found, roles) } };
      const isAdmin = isAdminBy(groups, found.username, mapping) ?? found.isAdmin;
      const user = withGroups({ ...found, isAdmin }, roles, groups, () => NO_ID);
      return { kind: 'user', known: { user, roles: rolesOf(user, roles) } };
    },
  };
}

/** What is looked up is as fresh as the sign-in needs it. */
type Finders = Pick<IdentityStore, 'findLinkedUsername' | 'findUser'>;

/** Of an assignment that is kept nowhere. */
const NO_ID = 0;

type Refusal = Extract<ProviderOutcome, { readonly kind: 'refused' }>;

const refused = (reason: string): Refusal => ({ kind: 'refused', reason });

const isAccountOf = ({ issuer, subject }: ProviderAccount, user: User | undefined): user is User =>
  user?.account?.issuer === issuer && user.account.subject === subject;

const rolesOf = ({ roles: held }: User, roles: readonly Role[]): readonly Role[] =>
  roles.filter(({ id }) => held.some(({ roleId }) => roleId === id));

/** Why nobody can have this name; undefined when somebody can. */
function faultOfName(username: string): string | undefined {
  try {
    validateUsername(username);
    return undefined;
  } catch (error) {
    if (error instanceof MlflowError) return error.message;
    throw error;
  }
}
