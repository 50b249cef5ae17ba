import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import { doesNotExist, invalidParameter, type MlflowError } from '../../domain/errors.ts';

/** Why there is no file at a path: INVALID_PARAMETER_VALUE for a folder, else RESOURCE_DOES_NOT_EXIST. */
export async function noSuchFile(artifacts: ArtifactStore, path: string): Promise<MlflowError> {
  const isFolder = path.endsWith('/') || (await artifacts.list(path)).length > 0;
  return isFolder
    ? invalidParameter(`Artifact path refers to a directory, not a file: '${path}'`)
    : doesNotExist(`No such artifact: '${path}'`);
}

/** The size of a file; throws as `noSuchFile` says when there is none. */
export async function sizeOfFile(artifacts: ArtifactStore, path: string): Promise<number> {
  const sizeBytes = path.endsWith('/') ? undefined : await artifacts.findSizeBytes(path);
  if (sizeBytes === undefined) throw await noSuchFile(artifacts, path);
  return sizeBytes;
}
