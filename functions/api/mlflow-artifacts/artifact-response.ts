import { ARTIFACT_HEADERS } from '../../domain/artifact-headers.ts';
import { attachment } from '../../domain/attachment.ts';
import { mimeTypeOf } from '../../domain/mime-type.ts';
import type { Services } from '../operation.ts';
import { downloadLink } from './download-link.ts';
import { noSuchFile, sizeOfFile } from './no-such-file.ts';

/** What answers with a file take of the services. */
type Downloads = Pick<Services, 'artifacts' | 'downloads' | 'linksFor'>;

/**
 * Sends a file as an attachment, whole or the range asked for, or sends the caller on to S3 for it. Throws
 * RESOURCE_DOES_NOT_EXIST when there is none.
 */
export function artifactResponse(services: Downloads, path: string, request: Request): Promise<Response> {
  if (request.method === 'HEAD') return describe(services, path);
  return services.downloads === 'redirect' && !isSigned(request)
    ? redirect(services, path, request)
    : stream(services, path, request);
}

/** `requests` drops Authorization on its way to another host, but not the other headers of AWS's signature; S3 refuses those. */
const isSigned = (request: Request): boolean => request.headers.has('x-amz-date');

async function describe({ artifacts }: Downloads, path: string): Promise<Response> {
  const sizeBytes = await sizeOfFile(artifacts, path);
  return new Response(null, { headers: headersOf(path, sizeBytes) });
}

async function redirect(services: Downloads, path: string, request: Request): Promise<Response> {
  const { url } = await downloadLink(services, { path, origin: new URL(request.url).origin });
  return new Response(null, { status: 302, headers: { location: url, 'cache-control': 'no-store' } });
}

async function stream({ artifacts }: Downloads, path: string, request: Request): Promise<Response> {
  const range = request.headers.get('range')?.replaceAll(' ', '');
  const content = path.endsWith('/') ? undefined : await artifacts.find(path, range);
  if (!content) throw await noSuchFile(artifacts, path);
  const headers = headersOf(path, content.sizeBytes);
  if (content.contentRange === undefined) return new Response(content.body, { headers });
  headers.set('content-range', content.contentRange);
  return new Response(content.body, { status: 206, headers });
}

/** A user's file never runs on our origin: it is saved, and where a browser shows it all the same, it may do nothing. */
function headersOf(path: string, sizeBytes: number): Headers {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const headers = new Headers(ARTIFACT_HEADERS.map(({ name: header, value }) => [header, value]));
  headers.set('content-type', mimeTypeOf(name));
  headers.set('content-length', String(sizeBytes));
  headers.set('content-disposition', attachment(name, name.normalize('NFKD')));
  headers.set('accept-ranges', 'bytes');
  return headers;
}
