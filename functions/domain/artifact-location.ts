import { findSafePath } from './artifact-path.ts';
import { invalidParameter } from './errors.ts';
import { MAX_ARTIFACT_LOCATION_LENGTH } from './limits.ts';
import { invalidValue } from './messages.ts';
import { lengthOf } from './names.ts';
import { parseUri, type Uri, validateQuery } from './uri.ts';

/** Schemes whose URIs name the host that a server would connect to (MLflow: store/artifact/host_policy.py). */
const HOST_SCHEMES: ReadonlySet<string> = new Set(
  'ftp sftp hdfs viewfs http https mlflow-artifacts r2 b2 abfss'.split(' '),
);

/** Schemes after which `;` begins parameters (Python: urllib.parse.uses_params, as far as MLflow meets them). */
const PARAMS_SCHEMES: ReadonlySet<string> = new Set(['', 'ftp', 'http', 'https', 'sftp']);

const BUCKET_SCHEMES: ReadonlySet<string> = new Set(['s3', 'gs', 'wasbs']);
const PATH_SCHEMES: ReadonlySet<string> = new Set(['mlflow-artifacts', 'dbfs']);

/**
 * Throws INVALID_PARAMETER_VALUE for a location that an experiment's artifacts can't have: first by MLflow's rules
 * (handlers.py, _validate_storage_location_uri), then by our own, which refuse what MLflow resolves against the server's
 * disk or against another root: plain paths, `file:`, unknown schemes, and `..` anywhere.
 */
export function validateArtifactLocation(location: string, parameter: string): void {
  const uri = parseUri(location);
  if (uri.fragment !== '' || hasParams(uri)) {
    throw invalidParameter(`'${parameter}' URL can't include fragments or params.`);
  }
  validateQuery(uri.query);
  refuseForeignHost(uri, parameter);
  if (location.startsWith('runs:')) {
    throw invalidParameter(`Artifact location cannot be a runs:/ URI. Given: '${location}'`);
  }
  if (lengthOf(location) > MAX_ARTIFACT_LOCATION_LENGTH) throw invalidParameter(TOO_LONG);
  validateRoot(uri, location, parameter);
}

/** Throws INVALID_PARAMETER_VALUE for a URI that would make a server connect to its host (MLflow: _validate_artifact_uri_scheme). */
export function refuseForeignHost(uri: Uri, parameter: string): void {
  if (namesHost(uri)) throw invalidParameter(foreignHost(uri.scheme, parameter));
}

// The parameters are those of the last segment.
function hasParams({ scheme, path }: Uri): boolean {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return PARAMS_SCHEMES.has(scheme) && last.indexOf(';') >= 0 && last.indexOf(';') < last.length - 1;
}

const namesHost = ({ scheme, authority }: Uri): boolean =>
  HOST_SCHEMES.has(scheme) && (scheme !== 'mlflow-artifacts' || Boolean(authority));

const foreignHost = (scheme: string, parameter: string): string =>
  `'${parameter}' cannot use the '${scheme}' scheme: the '${scheme}' scheme addresses a host other than the tracking ` +
  "server's configured artifact storage, so the server would connect to the host named in the URI. Set the " +
  'MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.';

const TOO_LONG =
  `Invalid artifact path length. The length of the artifact path cannot be greater than ${MAX_ARTIFACT_LOCATION_LENGTH} ` +
  'characters. To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.';

function validateRoot({ scheme, authority = '', path }: Uri, location: string, parameter: string): void {
  const isBucket = BUCKET_SCHEMES.has(scheme) && authority !== '';
  const isRooted = PATH_SCHEMES.has(scheme) && authority === '' && path.startsWith('/');
  if (!isBucket && !isRooted) {
    const detail = 'the location must be mlflow-artifacts:/<path>, s3://<bucket>/<path>, or of gs, wasbs or dbfs.';
    throw invalidParameter(invalidValue(parameter, location, detail));
  }
  if (findSafePath(isBucket ? authority + path : path.slice(1)) === undefined) {
    const detail = "the location's path must not leave its root, and have no empty segments.";
    throw invalidParameter(invalidValue(parameter, location, detail));
  }
}
