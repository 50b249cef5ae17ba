const SESSION = 'tracklet_session';

/** The header by which a page shows, with each write, that it is ours: pages of other sites cannot set it. */
export const CSRF_HEADER = 'x-tracklet-csrf';

const isSecure = (origin: string): boolean => origin.startsWith('https:');

/** The name of a cookie at an origin; over https it says that this very host set it (RFC 6265bis: `__Host-`). */
export const cookieName = (name: string, origin: string): string => (isSecure(origin) ? `__Host-${name}` : name);

export const sessionCookieName = (origin: string): string => cookieName(SESSION, origin);

interface CookieProps {
  /** Letters, digits, `-`, `_` and `.`. */
  readonly value: string;
  /** 0 takes the cookie away. */
  readonly maxAgeMs: number;
  /** Where the caller reached us: scheme, host and port. */
  readonly origin: string;
}

/** The header `Set-Cookie`. Scripts never see the cookie; pages of other sites send it only when somebody follows a link here. */
export const setCookie = (name: string, { value, maxAgeMs, origin }: CookieProps): string =>
  [
    `${cookieName(name, origin)}=${value}`,
    'Path=/',
    `Max-Age=${Math.floor(maxAgeMs / 1000)}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure(origin) ? ['Secure'] : []),
  ].join('; ');

export const setSessionCookie = (props: CookieProps): string => setCookie(SESSION, props);

export const clearSessionCookie = (origin: string): string => setCookie(SESSION, { value: '', maxAgeMs: 0, origin });
