import { findSafePath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { parseUri } from '../../domain/uri.ts';

/**
 * The path below the artifact root that a run's or model's artifact URI stands for: `mlflow-artifacts:/<path>`, or
 * `<bucketRoot>/<path>` of our own bucket. Nothing else is served: the function must not become a proxy to other buckets.
 * Throws INVALID_PARAMETER_VALUE for a location the client must open by itself.
 */
export function proxiedPath(artifactUri: string, bucketRoot: string): string {
  const path = findProxiedPath(artifactUri, bucketRoot);
  if (path !== undefined) return path;
  throw invalidParameter(`The artifacts at '${artifactUri}' are not kept by this server; open that location directly.`);
}

/** The same; undefined for a location that is not served. */
export const findProxiedPath = (artifactUri: string, bucketRoot: string): string | undefined =>
  pathBelowRoot(artifactUri) ?? pathInBucket(artifactUri, bucketRoot);

function pathBelowRoot(artifactUri: string): string | undefined {
  const { scheme, authority, path } = parseUri(artifactUri);
  return scheme === 'mlflow-artifacts' && !authority ? findSafePath(path.replace(/^\/+/, '')) : undefined;
}

/** MLflow's own S3 code takes a key as it is written, so that only the normal form of a path is the same file for both. */
function pathInBucket(artifactUri: string, bucketRoot: string): string | undefined {
  const [uri, root] = [parseUri(artifactUri), parseUri(`${bucketRoot}/`)];
  if (uri.scheme !== root.scheme || uri.authority !== root.authority || !uri.path.startsWith(root.path))
    return undefined;
  const path = uri.path.slice(root.path.length);
  return findSafePath(path) === path ? path : undefined;
}
