import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { prefixed, type RawOperation, type RawRequest } from '../operation.ts';
import { artifactResponse } from './artifact-response.ts';

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
  respond: async (request, { artifacts }) => artifactResponse(artifacts, pathOf(request), request.request),
};

/** Stores the body as it comes. Without Content-Length (the client's empty files) its size shows only at its end. */
export const uploadProxied: RawOperation = {
  kind: 'raw',
  method: 'PUT',
  paths,
  respond: async (raw, { artifacts }) => {
    const path = pathOf(raw);
    // S3 would take it for a folder's marker, and the file could never be listed.
    if (decodedPath(raw).endsWith('/')) throw invalidParameter('Invalid path');
    const length = raw.request.headers.get('content-length');
    await artifacts.put(path, { body: raw.request.body, sizeBytes: length === null ? undefined : Number(length) });
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
