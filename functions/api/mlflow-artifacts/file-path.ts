import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';

/** A safe path that can name a file; throws INVALID_PARAMETER_VALUE for the root and for all that safeArtifactPath refuses. */
export function filePath(path: string): string {
  const safe = safeArtifactPath(path);
  if (safe === '') throw invalidParameter('Invalid path');
  return safe;
}

/** As `filePath`, for a file to be made: a slash at the end makes a folder's marker in S3, which never lists as a file. */
export function newFilePath(path: string): string {
  if (path.endsWith('/')) throw invalidParameter('Invalid path');
  return filePath(path);
}
