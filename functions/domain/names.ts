import { invalidParameter } from './errors.ts';
import { exceedsMaximumLength, invalidValue, pythonRepr } from './messages.ts';

/** Length in Unicode code points, as Python's len counts. */
export function lengthOf(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += isPairAt(text, at) ? 2 : 1) length += 1;
  return length;
}

/** The first `limit` code points of a text; never half a surrogate pair. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let length = 0; length < limit && end < text.length; length += 1) end += isPairAt(text, end) ? 2 : 1;
  return text.slice(0, end);
}

const isPairAt = (text: string, at: number): boolean => Number(text.codePointAt(at)) > 0xffff;

/** Throws `'<path>' exceeds the maximum length…` for a text of more than `limit` code points. */
export function validateLength(path: string, text: string, limit: number): void {
  // A text has never more code points than units, so most are not counted.
  if (text.length > limit && lengthOf(text) > limit) throw invalidParameter(exceedsMaximumLength(path, limit));
}

/** The normal form of a POSIX path, `.` for an empty one (Python: posixpath.normpath). */
export function posixNormalize(path: string): string {
  const root = rootOf(path);
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    const last = kept.at(-1);
    if (part !== '..' || last === '..' || (last === undefined && root === '')) kept.push(part);
    else kept.pop();
  }
  return root + kept.join('/') || '.';
}

// POSIX leaves the meaning of exactly two leading slashes open, so they stay; three or more are one.
function rootOf(path: string): string {
  if (!path.startsWith('/')) return '';
  return path.startsWith('//') && !path.startsWith('///') ? '//' : '/';
}

// Python's \w is exactly letters, numbers and `_`; and its `$` also matches before a final line feed.
const NAME = /^[/\p{L}\p{N}_.\- :]*\n?$/u;

const BAD_CHARACTERS =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

const badPath = (normal: string): string =>
  'Names may be treated as files in certain cases, and must not resolve to other names when treated as such. ' +
  `This name would resolve to ${pythonRepr(normal)}`;

/** What most names are: no path at all, and no sign of one. */
const PLAIN_NAME = /^[^./][^/]*$/;

/** Throws when a name, used as a file's path, would name another file (MLflow: utils/validation.py, path_not_unique). */
export function validateUniquePath(name: string, path: string): void {
  if (PLAIN_NAME.test(name)) return;
  const normal = posixNormalize(name);
  const leaves = normal === '.' || normal.startsWith('..') || normal.startsWith('/');
  if (normal !== name || leaves) throw invalidParameter(invalidValue(path, name, badPath(normal)));
}

function validateName(name: string, path: string): void {
  if (!NAME.test(name)) throw invalidParameter(invalidValue(path, name, BAD_CHARACTERS));
  validateUniquePath(name, path);
}

/** Throws INVALID_PARAMETER_VALUE for a metric's name that MLflow refuses (MLflow: _validate_metric_name). */
export const validateMetricName = (name: string, path = 'name'): void => validateName(name, path);

/** Throws INVALID_PARAMETER_VALUE for a param's name that MLflow refuses (MLflow: _validate_param_name). */
export const validateParamName = (name: string, path = 'key'): void => validateName(name, path);

/** Throws INVALID_PARAMETER_VALUE for a tag's name that MLflow refuses (MLflow: _validate_tag_name). */
export const validateTagName = (name: string, path = 'key'): void => validateName(name, path);

/** `params[0].key`: the place of a field within a message, which may be the message itself (MLflow: append_to_json_path). */
export const fieldPath = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);
