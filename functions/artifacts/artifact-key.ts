import { invalidParameter } from '../domain/errors.ts';

/** All artifacts lie below this prefix of the bucket. */
export const ARTIFACT_PREFIX = 'artifacts/';

/** S3's limit. */
const MAX_KEY_BYTES = 1024;

/** The key of an artifact. Throws INVALID_PARAMETER_VALUE for a path that S3 has no key for. */
export function keyOf(path: string): string {
  const key = ARTIFACT_PREFIX + path;
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes <= MAX_KEY_BYTES) return key;
  throw invalidParameter(`Invalid path: it takes ${sizeBytes} bytes; at most ${MAX_KEY_BYTES} are allowed.`);
}

/** The artifact root as clients name it that open S3 by themselves. */
export const bucketRootOf = (bucket: string): string => `s3://${bucket}/${ARTIFACT_PREFIX.slice(0, -1)}`;
