import { ARTIFACT_PREFIX } from '../../domain/artifact-key.ts';
import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import type { RawOperation } from '../operation.ts';
import { artifactResponse } from './artifact-response.ts';

/** Where the edge sends a download that S3 refuses: the path is the bucket's key by then. */
export const downloadByKey: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: [`/${ARTIFACT_PREFIX}:artifact_path{.+}`],
  respond: async ({ request }, services) => {
    const path = safeArtifactPath(
      decodeKey(new URL(request.url).pathname).replace(/^\/+/, '').slice(ARTIFACT_PREFIX.length),
    );
    if (path === '') throw invalidParameter('Invalid path');
    return artifactResponse(services, path, request);
  },
};

function decodeKey(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch (cause) {
    throw invalidParameter('Invalid path', cause);
  }
}
