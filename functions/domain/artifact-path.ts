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
export function findSafePath(path: string): string | undefined {
  const forms = decodings(path);
  if (forms === undefined || forms.some(leavesRoot)) return undefined;
  const relative = path.endsWith('/') ? path.slice(0, -1) : path;
  if (relative === '') return '';
  const segments = relative.split('/');
  if (segments.includes('')) return undefined;
  return segments.filter((segment) => segment !== '.').join('/');
}

// `c:x` is relative to a drive's own directory, `\x` to the drive: Windows clients would join both to the wrong folder.
// Blanks or a `./` before them hide them only until someone strips or normalises the path.
const ABSOLUTE = /^\s*(?:\.[/\\])*(?:[/\\]|[A-Za-z]:|file:)/i;
const SEPARATORS = /[/\\]/;

// Windows drops the blank of `.. `, URL parsers a lone `?` or `;` behind it, Java servers all that follows `..;`.
const PARENT = /^\s*\.\.\s*(?:[?;]|$)/;

// Control characters, which MLflow drops or escapes and S3 lists badly; and halves of surrogate pairs, which UTF-8 lacks.
const UNSPEAKABLE = /[\p{Cc}\p{Cs}]/u;

const leavesRoot = (path: string): boolean =>
  path.includes('#') ||
  ABSOLUTE.test(path) ||
  UNSPEAKABLE.test(path) ||
  path.split(SEPARATORS).some((segment) => PARENT.test(segment));
