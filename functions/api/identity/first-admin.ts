import { MlflowError } from '../../domain/errors.ts';
import { validatePassword, validateUsername } from '../../domain/user.ts';
import type { Identity, Passwords } from './identity.ts';

/** Whom an operator wants as the first admin, as far as they say. */
export interface WantedAdmin {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** An admin who was made, and the password if it was made, too: it is told this once. */
export interface MadeAdmin {
  readonly username: string;
  readonly madePassword: string | undefined;
}

const USERNAME = 'admin';

/**
 * Makes the first admin: the one who is wanted, or somebody when there are no users at all. Undefined when there was
 * nothing to do. Throws INVALID_PARAMETER_VALUE for a name or password that nobody can have.
 */
export async function makeFirstAdmin(
  { store, passwords }: Pick<Identity, 'store'> & { readonly passwords: Pick<Passwords, 'hash'> },
  wanted: WantedAdmin,
  newPassword: () => string,
): Promise<MadeAdmin | undefined> {
  const username = wanted.username || USERNAME;
  if (await store.findUser(username)) return undefined;
  const isWanted = Boolean(wanted.password);
  if (!isWanted && (await store.listUsers()).length > 0) return undefined;
  const password = wanted.password || newPassword();
  validateUsername(username);
  validatePassword(password);
  try {
    await store.createUser({ username, passwordHash: await passwords.hash(password), isAdmin: true });
  } catch (error) {
    // Another process that starts at the same time was faster.
    if (error instanceof MlflowError && error.code === 'RESOURCE_ALREADY_EXISTS') return undefined;
    throw error;
  }
  return { username, madePassword: isWanted ? undefined : password };
}
