/** A path that leaves the artifact root on some system, hides that it does, or can be no name. */
export interface HostilePath {
  readonly name: string;
  /** As it stands in a JSON body or, escaped, as a value of a query; undefined where only a URL can be like that. */
  readonly path: string | undefined;
  /**
   * As it stands in the path of a URL, byte for byte, to be sent past URL parsers, which fold dots away. A server that
   * decodes it once has `path`.
   */
  readonly url: string;
}

/** Sent both ways; in a URL with the escapes it needs, or as given. */
const both = (name: string, path: string, url: string = escaped(path)): HostilePath => ({ name, path, url });

const inUrl = (name: string, url: string): HostilePath => ({ name, path: undefined, url });

/** Slashes and dots stay; a slash at the start is escaped, or it would only be doubled. */
const escaped = (path: string): string =>
  path.replace(/^\//, '\u0001').split('/').map(encodeURIComponent).join('/').replace('%01', '%2F');

/** Each is refused with 400 `Invalid path`, whichever way it comes. */
export const HOSTILE_PATHS: readonly HostilePath[] = [
  both('the folder above', '..'),
  both('the folder above, with a slash', '../'),
  both('a file above', '../x'),
  both('far above', '../../../../../../etc/passwd'),
  both('up from a folder', 'a/..'),
  both('up and down', 'a/../b'),
  both('up more than down', 'a/../../x'),
  both('up after a dot', './../x'),
  both('dots between', 'a/./../../x'),
  both('dots, escaped', '..', '%2e%2e'),
  both('dots, escaped in capitals', '../x', '%2E%2E/x'),
  both('one dot escaped', '../x', '.%2e/x'),
  both('the other dot escaped', '../x', '%2E./x'),
  both('up, with an escaped slash', '../x', '..%2Fx'),
  both('up, all escaped', '../x', '%2e%2e%2fx'),
  both('up in the middle, slashes escaped', 'a/../../x', 'a%2f..%2F..%2fx'),
  both('dots, escaped twice', '%2e%2e/x'),
  both('dots and slash, escaped twice', '%2e%2e%2fx'),
  both('slash, escaped twice', '..%2fx'),
  both('all escaped three times', '%252e%252e%252fx'),
  both('all escaped four times', '%25252e%25252e%25252fx'),
  both('escapes of escapes', '%25%32%65%25%32%65/x'),
  both('escaped without end', `%${'25'.repeat(14)}2e`),
  both('absolute', '/etc/passwd'),
  both('absolute, slashes escaped', '/etc/passwd', '%2fetc%2fpasswd'),
  both('absolute, escaped twice', '%2fetc/passwd'),
  both('the root of the disk', '/'),
  both('a host', '//host/share'),
  both('a host, unescaped', '//host/share', '//host/share'),
  both('absolute after a dot', './/etc/passwd'),
  both('absolute after an escaped dot', '%2e/%2fetc'),
  both('absolute after a blank', ' /etc/passwd'),
  both('a backslash', '\\x'),
  both('up by backslashes', '..\\x'),
  both('up by backslashes in the middle', 'a\\..\\..\\x'),
  both('up by an escaped backslash, twice', '..%5cx'),
  both('mixed slashes', 'a/..\\x'),
  both('mixed slashes, the other way', 'a\\../x'),
  both('a host of Windows', '\\\\host\\share'),
  both('a device of Windows', '\\\\?\\C:\\x'),
  both('a drive', 'C:\\x'),
  both('a drive with a slash', 'c:/windows/win.ini'),
  both('a folder of a drive', 'c:x'),
  both('a drive, escaped twice', 'C%3a/x'),
  both('a drive after a dot', './C:/x'),
  both('a file URI', 'file:///etc/passwd'),
  both('a file URI in capitals', 'FILE:///etc/passwd'),
  both('a relative file URI', 'file:x'),
  both('a file URI, escaped twice', 'file%3a///etc/passwd'),
  both('a URL', 'http://127.0.0.1/x'),
  both('another bucket', 's3://bucket/key'),
  both('a fragment', 'a#b'),
  both('a fragment, escaped twice', 'a%23b'),
  both('a NUL', 'a\u0000b'),
  both('a NUL, escaped twice', 'a%00b'),
  both('a NUL before dots', '\u0000../x'),
  both('a line end', 'a\nb'),
  both('a header', 'a\r\nset-cookie: x=y'),
  both('a tab between dots', '.\t./x'),
  both('a bell', 'a\u0007b'),
  both('a delete character', 'a\u007f'),
  both('a control character above ASCII', 'a\u0085'),
  both('an empty segment', 'a//b'),
  both('two empty segments', 'a///b'),
  both('two slashes at the end', 'a//'),
  both('dots and a blank', '.. /x'),
  both('a blank and dots', ' ../x'),
  both('dots and an escaped blank, twice', '..%20/x'),
  both('dots and a no-break blank', '\u00a0../x'),
  both('dots and a parameter', '..;/x'),
  both('dots and a parameter with a value', 'a/..;x=1/x'),
  both('dots and a question mark', '..?'),
  inUrl('half an escape', 'a%2'),
  inUrl('an escape of no digits', 'a%zz'),
  inUrl('an overlong dot', '%c0%ae%c0%ae/x'),
  inUrl('an overlong slash', '..%c0%afx'),
  inUrl('bytes that are no UTF-8', 'a%ffb'),
];

/** Those that can be a value. */
export const HOSTILE_VALUES: readonly string[] = HOSTILE_PATHS.flatMap(({ path }) => path ?? []);
