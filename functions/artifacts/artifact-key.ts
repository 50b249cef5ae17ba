import { ARTIFACT_PREFIX, keyFault } from '../domain/artifact-key.ts';
import { invalidParameter } from '../domain/errors.ts';

/** The key of an artifact. Throws INVALID_PARAMETER_VALUE for a path that S3 has no key for. */
export function keyOf(path: string): string {
  const key = ARTIFACT_PREFIX + path;
  const fault = keyFault(Buffer.byteLength(key));
  if (fault === undefined) return key;
  throw invalidParameter(fault);
}

/** The prefix of the keys of all files in a folder and below it; '' is the root. */
export const folderOf = (path: string): string => (path === '' ? ARTIFACT_PREFIX : `${keyOf(path)}/`);

/** The artifact root as clients name it that open S3 by themselves. */
export const bucketRootOf = (bucket: string): string => `s3://${bucket}/${ARTIFACT_PREFIX.slice(0, -1)}`;
