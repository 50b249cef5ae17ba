import type { Credentials } from '../api/identity/sign-in.ts';
import { CSRF_HEADER, sessionCookieName } from '../protocol/session-cookie.ts';
import { cookieIn } from './cookie-in.ts';
import { credentialsOf } from './credentials.ts';

/** A request, and where it reached us; to parse its URL costs as much as reading a small one, and few have cookies. */
export interface Received {
  readonly method: string;
  readonly headers: Headers;
  readonly origin: () => string;
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What a request shows of who sends it. A header `Authorization` goes before a cookie: a browser adds the cookie by itself,
 * whoever made it send the request, so that only with the cookie a write must show its page.
 */
export function credentialsOfRequest(received: Received): Credentials {
  const authorization = received.headers.get('authorization');
  if (authorization !== null) return credentialsOf(authorization);
  const text = sessionTextOf(received);
  if (text === undefined) return { kind: 'none' };
  const csrf = READING.has(received.method) ? 'needless' : (received.headers.get(CSRF_HEADER) ?? '');
  return { kind: 'session', text, csrf };
}

function sessionTextOf({ headers, origin }: Received): string | undefined {
  const cookies = headers.get('cookie');
  return cookies === null ? undefined : cookieIn(cookies, sessionCookieName(origin()));
}

/** What shows that a browser asks; the stock clients send none of them, and `sec-fetch-mode` node does, too. */
const OF_PAGES = [CSRF_HEADER, 'sec-fetch-site', 'x-requested-with'];

/** Whether a page asks: of a challenge its browser would make a box of its own, whose password it then sends unasked. */
export const isOfPage = (received: Received): boolean =>
  OF_PAGES.some((name) => received.headers.has(name)) || sessionTextOf(received) !== undefined;
