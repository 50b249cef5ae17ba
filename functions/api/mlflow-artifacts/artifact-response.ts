import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import { doesNotExist } from '../../domain/errors.ts';
import { mimeTypeOf } from './mime-type.ts';

/** Sends a file as an attachment, whole or the range asked for. Throws RESOURCE_DOES_NOT_EXIST when there is none. */
export async function artifactResponse(artifacts: ArtifactStore, path: string, request: Request): Promise<Response> {
  const content = await artifacts.find(path, request.headers.get('range') ?? undefined);
  if (!content) throw doesNotExist(`No such artifact: '${path}'`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const headers = new Headers({
    'content-type': mimeTypeOf(name),
    'content-length': String(content.sizeBytes),
    'content-disposition': attachment(name),
    'accept-ranges': 'bytes',
  });
  if (content.contentRange !== undefined) headers.set('content-range', content.contentRange);
  return new Response(content.body, { status: content.contentRange === undefined ? 200 : 206, headers });
}

/** The name as ASCII, and as RFC 5987 has it where that is not the same. */
function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const extended = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percentEncode);
  return ascii === name
    ? `attachment; filename="${ascii}"`
    : `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`;
}

const percentEncode = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
