import type { ProviderAccount } from '../../domain/provider-account.ts';
import type { Role, User } from '../../domain/user.ts';
import type { IdentityStore } from '../../store/identity-store.ts';

/** A user with the roles they have. */
export interface KnownUser {
  readonly user: User;
  readonly roles: readonly Role[];
}

/** Users and roles for decisions about access. */
export interface KeptAccess {
  /** The same store; what it changes is forgotten here, before it is acknowledged. */
  readonly store: IdentityStore;
  readonly findUser: (username: string) => Promise<KnownUser | undefined>;
  readonly findRoles: () => Promise<readonly Role[]>;
  readonly findLinkedUsername: (account: ProviderAccount) => Promise<string | undefined>;
}

/**
 * How old what another process changed may be. A password, a role or a grant that was taken away holds for so long at
 * most; to read them for each request would cost as much as the request itself.
 */
const MAX_AGE_MS = 5000;
const MAX_KEPT_USERS = 1000;
const ROLES = 'roles';

/** Keeps users and roles for a few seconds. */
export function keepAccess(store: IdentityStore, clock: () => number): KeptAccess {
  const users = keepFor(clock, store.findUser);
  const books = keepFor(clock, store.getRoles);
  const links = keepFor(clock, (account) => {
    // The boundary: keys of this cache are made of accounts, right below.
    const [issuer, subject] = JSON.parse(account) as [string, string];
    return store.findLinkedUsername({ issuer, subject });
  });
  const nameOf = ({ issuer, subject }: ProviderAccount) => JSON.stringify([issuer, subject]);
  const forgetting = async <T>(forget: () => void, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      forget();
    }
  };
  return {
    store: {
      ...store,
      createUser: (user) =>
        forgetting(
          () => users.forget(user.username),
          () => store.createUser(user),
        ),
      updateUser: (username, change) =>
        forgetting(
          () => users.forget(username),
          () => store.updateUser(username, change),
        ),
      deleteUser: (username) =>
        forgetting(
          () => users.forget(username),
          () => store.deleteUser(username),
        ),
      linkAccount: (account, username) =>
        forgetting(
          () => links.forget(nameOf(account)),
          () => store.linkAccount(account, username),
        ),
      updateRoles: (change) =>
        forgetting(
          () => books.forget(ROLES),
          () => store.updateRoles(change),
        ),
    },
    findRoles: async () => (await books.find(ROLES)).roles,
    findLinkedUsername: (account) => links.find(nameOf(account)),
    findUser: async (username) => {
      const user = await users.find(username);
      if (!user) return undefined;
      if (user.roles.length === 0) return { user, roles: [] };
      const book = await books.find(ROLES);
      const assigned = new Set(user.roles.map(({ roleId }) => roleId));
      return { user, roles: book.roles.filter(({ id }) => assigned.has(id)) };
    },
  };
}

interface Kept<T> {
  readonly find: (name: string) => Promise<T>;
  readonly forget: (name: string) => void;
}

interface Reading<T> {
  readonly since: number;
  readonly answer: Promise<T>;
}

/** Asks once in so many seconds; who asks meanwhile gets the same answer. A reading that failed or was forgotten is not kept. */
function keepFor<T>(clock: () => number, read: (name: string) => Promise<T>): Kept<T> {
  const readings = new Map<string, Reading<T>>();
  const begin = (name: string): Promise<T> => {
    // Its age counts from before the read: what it finds may be as old.
    const reading: Reading<T> = { since: clock(), answer: read(name) };
    readings.delete(name);
    const [oldest] = readings.keys();
    if (readings.size >= MAX_KEPT_USERS && oldest !== undefined) readings.delete(oldest);
    readings.set(name, reading);
    reading.answer.catch(() => {
      if (readings.get(name) === reading) readings.delete(name);
    });
    return reading.answer;
  };
  return {
    find: (name) => {
      const reading = readings.get(name);
      return reading && clock() - reading.since < MAX_AGE_MS ? reading.answer : begin(name);
    },
    forget: (name) => {
      readings.delete(name);
    },
  };
}
