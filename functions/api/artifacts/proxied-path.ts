import { invalidParameter } from '../../domain/errors.ts';
import { parseUri } from '../../domain/uri.ts';

/**
 * The path below the artifact root that a run's or model's artifact URI stands for. Only our own root is served: the
 * function must not become a proxy to other buckets. Throws INVALID_PARAMETER_VALUE for a location the client must
 * open by itself, such as `s3://`.
 */
export function proxiedPath(artifactUri: string): string {
  const { scheme, authority, path } = parseUri(artifactUri);
  if (scheme === 'mlflow-artifacts' && !authority) return path.replace(/^\/+/, '');
  throw invalidParameter(`The artifacts at '${artifactUri}' are not kept by this server; open that location directly.`);
}
