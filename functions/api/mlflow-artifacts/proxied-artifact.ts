import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { prefixed, type RawOperation, type RawRequest } from '../operation.ts';
import { artifactResponse } from './artifact-response.ts';

const PATH = '/mlflow-artifacts/artifacts/';
const paths = prefixed('2.0', `${PATH}*`);

/** The artifact's path: all that follows in the URL, percent-decoded once. `+` is a plus. */
function pathOf({ request }: RawRequest): string {
  const { pathname } = new URL(request.url);
  const encoded = pathname.slice(pathname.indexOf(PATH) + PATH.length);
  return safeArtifactPath(decode(encoded));
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw invalidParameter('Invalid path', cause);
  }
}

const json = (body: object) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });

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
    if (path === '' || path.endsWith('/')) throw invalidParameter('Invalid path');
    const length = raw.request.headers.get('content-length');
    await artifacts.put(path, { body: raw.request.body, sizeBytes: length === null ? undefined : Number(length) });
    return json({});
  },
};

export const deleteProxied: RawOperation = {
  kind: 'raw',
  method: 'DELETE',
  paths,
  respond: async (request, { artifacts }) => {
    const path = pathOf(request).replace(/\/+$/, '');
    if (path === '') throw invalidParameter('Invalid path');
    await artifacts.remove(path);
    return json({});
  },
};
