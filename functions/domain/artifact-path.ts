import { invalidParameter } from './errors.ts';
import { decodings } from './percent.ts';

/**
 * The normal form of a path below an artifact root: no empty and no `.` segments, no slash at the end, '' for the
 * root itself. `path` has been percent-decoded once, by the transport; escapes left in it are part of names and stay.
 * Throws `Invalid path` when it, or anything it decodes to, would leave the root on any system (MLflow: utils/uri.py,
 * validate_path_is_safe), and for `a//b`, which in S3 would be another object than `a/b`.
 */
export function safeArtifactPath(path: string): string {
  const safe = findSafePath(path);
  if (safe === undefined) throw invalidParameter('Invalid path');
  return safe;
}

/** What safeArtifactPath gives, or undefined where it throws. */
export const findSafePath = (path: string): string | undefined =>
  // UTF-8 has no halves of surrogate pairs.
  path.isWellFormed() ? findNormalPath(path) : undefined;

/**
 * The same for a path that is known to be well-formed, as all are that come out of UTF-8. The edge runs this, too: it
 * uses only what the JavaScript of CloudFront Functions has.
 */
export function findNormalPath(path: string): string | undefined {
  const forms = decodings(path);
  if (forms === undefined || forms.some(leavesRoot)) return undefined;
  const relative = path.endsWith('/') ? path.slice(0, -1) : path;
  if (relative === '') return '';
  const segments = relative.split('/');
  if (segments.includes('')) return undefined;
  return segments.filter((segment) => segment !== '.').join('/');
}

const leavesRoot = (path: string): boolean =>
  path.includes('#') ||
  ABSOLUTE.test(withoutBlanksBefore(path)) ||
  hasControlCharacter(path) ||
  path.split('\\').join('/').split('/').some(isParent);

// `c:x` is relative to a drive's own directory, `\x` to the drive: Windows clients would join both to the wrong folder.
// Blanks or a `./` before them hide them only until someone strips or normalises the path.
const ABSOLUTE = /^(?:\.[/\\])*(?:[/\\]|[A-Za-z]:|[Ff][Ii][Ll][Ee]:)/;

// Windows drops the blank of `.. `, URL parsers a lone `?` or `;` behind it, Java servers all that follows `..;`.
function isParent(segment: string): boolean {
  const name = withoutBlanksBefore(segment);
  if (!name.startsWith('..')) return false;
  const after = withoutBlanksBefore(name.slice(2));
  return after === '' || after.startsWith('?') || after.startsWith(';');
}

// What a regular expression calls `\s`; in the edge's engine that is ASCII alone.
const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

function withoutBlanksBefore(text: string): string {
  let start = 0;
  while (start < text.length && BLANKS.includes(text.charAt(start))) start += 1;
  return text.slice(start);
}

// MLflow drops or escapes control characters, and S3 lists them badly.
function hasControlCharacter(path: string): boolean {
  for (let at = 0; at < path.length; at += 1) {
    const code = path.charCodeAt(at);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}
