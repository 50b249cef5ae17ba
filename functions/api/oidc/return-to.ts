import { invalidParameter } from '../../domain/errors.ts';

/**
 * The path of ours, with its query and fragment, that a browser is to end at. Throws INVALID_PARAMETER_VALUE for whatever
 * could lead elsewhere: a link to our sign-in must not end on a page that looks like ours.
 */
export function parseReturnTo(text: string | null, origin: string): string {
  if (text === null || text === '') return '/';
  // Browsers read a backslash as a slash, and leave out tabs and line ends.
  const isPath = text.startsWith('/') && !/[\\\p{Cc}]/u.test(text) && URL.canParse(text, origin);
  const url = isPath ? new URL(text, origin) : undefined;
  // `/..//host` becomes `//host`, which is another host.
  if (url?.origin === new URL(origin).origin && !url.pathname.startsWith('//')) {
    return url.pathname + url.search + url.hash;
  }
  throw invalidParameter("return_to must be a path of this server, such as '/experiments'.");
}
