import type { CallerSession } from '../../domain/caller.ts';
import type { Identity } from '../identity/identity.ts';

/** The path of an operation, as pages call it. */
const LOGIN_PATH = '/api/2.0/tracklet/oidc/login';

/** How a server wants people to sign in. */
export const wireMode = (identity: Identity | undefined) => {
  if (!identity) return { auth: 'none' };
  return identity.oidc ? { auth: 'oidc', login_url: LOGIN_PATH } : { auth: 'basic' };
};

interface SignedIn extends Partial<Pick<CallerSession, 'csrfToken' | 'expiresAt'>> {
  readonly username: string;
  readonly userId: number;
  readonly isAdmin: boolean;
}

/** Who is signed in, and with a session what their page must know of it. */
export const wireSignedIn = ({ username, userId, isAdmin, csrfToken, expiresAt }: SignedIn) => ({
  user: { id: userId, username, is_admin: isAdmin },
  csrf_token: csrfToken,
  expiration_time: expiresAt,
});

/** What is only for this page and this moment. */
export const NOT_KEPT = { 'cache-control': 'no-store' } as const;
