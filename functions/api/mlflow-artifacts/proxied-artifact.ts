import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { prefixed, type RawOperation, type RawRequest } from '../operation.ts';
import { artifactResponse } from './artifact-response.ts';
import { readUpload } from './read-upload.ts';

const PATH = '/mlflow-artifacts/artifacts/';
const paths = prefixed('2.0', `${PATH}:artifact_path{.+}`);

/** The artifact's path: all that follows in the URL, percent-decoded once. `+` is a plus. */
function decodedPath({ request }: RawRequest): string {
  // Decoded first: `mlflow%2Dartifacts` comes here, too.
  const path = decodeUrl(new URL(request.url).pathname);
  return path.slice(path.indexOf(PATH) + PATH.length);
}

function decodeUrl(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch (cause) {
    throw invalidParameter('Invalid path', cause);
  }
}

/** Throws INVALID_PARAMETER_VALUE for a path that leaves the root or names the root itself. */
function pathOf(raw: RawRequest): string {
  const path = safeArtifactPath(decodedPath(raw));
  if (path === '' || path === '.') throw invalidParameter('Invalid path');
  return path;
}

export const downloadProxied: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths,
  respond: async (raw, services) => artifactResponse(services, pathOf(raw), raw.request),
};

/** Stores the body as it comes. */
export const uploadProxied: RawOperation = {
  kind: 'raw',
  method: 'PUT',
  paths,
  respond: async (raw, { artifacts, maxUploadBytes }) => {
    const path = pathOf(raw);
    // S3 would take it for a folder's marker, and the file could never be listed.
    if (decodedPath(raw).endsWith('/')) throw invalidParameter('Invalid path');
    await artifacts.put(path, await readUpload(raw.request, maxUploadBytes));
    return new Response(null);
  },
};

export const deleteProxied: RawOperation = {
  kind: 'raw',
  method: 'DELETE',
  paths,
  respond: async (request, { artifacts }) => {
    await artifacts.remove(pathOf(request));
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  },
};
