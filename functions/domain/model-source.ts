import { invalidParameter, type MlflowError } from './errors.ts';
import { decodings } from './percent.ts';
import { parseUri } from './uri.ts';

/** The request's field that must name the owner of a source. */
export type OwnerField = 'run_id' | 'model_id';

/** The error for a source that lies with another run or model than the request names (MLflow: _raise_invalid_model_version_source). */
export const sourceOfAnother = (source: string, field: OwnerField): MlflowError =>
  invalidSource(source, `The ${field} request parameter must identify the resource that contains the source.`);

/** The error for a source, with the reason (MLflow: handlers.py, _create_model_version). */
export const invalidSource = (source: string, why: string): MlflowError =>
  invalidParameter(`Invalid model version source: '${source}'. ${why}`);

/** Whether a source is a path on somebody's disk, which no server should open (MLflow: is_local_uri). */
export const isLocalSource = (source: string): boolean => ['', 'file'].includes(parseUri(source).scheme);

/** The error for a path on a disk: no artifacts of this server lie there (MLflow: _validate_source_run, …_model). */
export const localSource = (source: string, field: OwnerField): MlflowError =>
  invalidSource(
    source,
    `To use a local path as a model version source, the ${field} request parameter has to be specified and the local ` +
      `path has to be contained within the artifact directory of the run specified by the ${field}.`,
  );

const NOT_ABSOLUTE =
  'If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute ' +
  'path must be provided without relative path references present. Please provide an absolute path.';

/**
 * Throws INVALID_PARAMETER_VALUE for a source without an absolute path, or with `.`, `..` or NUL in it, also when they are
 * percent-encoded several times over (MLflow: _validate_non_local_source_contains_relative_paths).
 */
export function validateSourcePath(source: string): void {
  const decoded = decodedSource(source);
  if (decoded === undefined || !isAbsolute(decoded)) throw invalidSource(source, NOT_ABSOLUTE);
}

/** A plus is a blank to MLflow here (Python: unquote_plus). */
const decodedSource = (source: string): string | undefined => {
  const forms = decodings(source.replaceAll('+', ' '));
  return forms?.at(-1)?.replaceAll('+', ' ');
};

function isAbsolute(source: string): boolean {
  const segments = parseUri(source).path.replace(/\/+$/, '').split('/').slice(1);
  const isRooted = parseUri(source).path.startsWith('/') && segments.length > 0;
  const isRelative = source.split('/').includes('..') || segments.includes('.');
  return isRooted && !isRelative && !source.includes('\0');
}

/** Whether a URI lies at or below another one (MLflow: handlers.py, _is_uri_within_root). */
export function isWithin(uri: string, root: string): boolean {
  const inner = partsOf(uri);
  const outer = partsOf(root);
  const isSamePlace = inner.scheme === outer.scheme && inner.authority === outer.authority;
  const isBelow = outer.segments.every((segment, at) => segment === inner.segments[at]);
  return isSamePlace && outer.segments.length > 0 && isBelow;
}

function partsOf(uri: string) {
  const { scheme, authority = '', path } = parseUri(uri);
  const segments = path.split('/').filter((segment) => segment !== '');
  return { scheme, authority: authority.toLowerCase(), segments: segments.map(fullyDecoded) };
}

const fullyDecoded = (segment: string): string => decodings(segment)?.at(-1) ?? segment;

/** The run and the path below it, '' for its root, of a `runs:/…` URI. Throws INVALID_PARAMETER_VALUE for another one (MLflow: parse_runs_uri). */
export function parseRunsUri(uri: string): { readonly runId: string; readonly path: string } {
  const { scheme, path } = parseUri(uri);
  const [, runId = '', ...rest] = path.split('/');
  if (scheme === 'runs' && path.startsWith('/') && runId !== '') return { runId, path: rest.join('/') };
  throw invalidParameter(
    `Not a proper runs:/ URI: ${uri}. Runs URIs must be of the form 'runs:/<run_id>/run-relative/path/to/artifact'`,
  );
}
