import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import { attachment } from '../../domain/attachment.ts';
import { doesNotExist, invalidParameter, type MlflowError } from '../../domain/errors.ts';
import { mimeTypeOf } from '../../domain/mime-type.ts';

/** Sends a file as an attachment, whole or the range asked for. Throws RESOURCE_DOES_NOT_EXIST when there is none. */
export async function artifactResponse(artifacts: ArtifactStore, path: string, request: Request): Promise<Response> {
  const range = request.headers.get('range')?.replaceAll(' ', '');
  const content = path.endsWith('/') ? undefined : await artifacts.find(path, range);
  if (!content) throw await noSuchFile(artifacts, path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const headers = new Headers({
    'content-type': mimeTypeOf(name),
    'content-length': String(content.sizeBytes),
    'content-disposition': attachment(name, name.normalize('NFKD')),
    'accept-ranges': 'bytes',
  });
  if (content.contentRange !== undefined) headers.set('content-range', content.contentRange);
  const status = content.contentRange === undefined ? 200 : 206;
  if (request.method !== 'HEAD') return new Response(content.body, { status, headers });
  // Left unread, the body would hold its connection to S3 for ever.
  await content.body.cancel();
  return new Response(null, { status, headers });
}

async function noSuchFile(artifacts: ArtifactStore, path: string): Promise<MlflowError> {
  const isFolder = path.endsWith('/') || (await artifacts.list(path)).length > 0;
  return isFolder
    ? invalidParameter(`Artifact path refers to a directory, not a file: '${path}'`)
    : doesNotExist(`No such artifact: '${path}'`);
}
