import { MAX_SINGLE_PUT_BYTES } from '../domain/artifact-key.ts';
import { attachment } from '../domain/attachment.ts';
import { mimeTypeOf } from '../domain/mime-type.ts';
import { artifactAddressOf } from './artifact-path.ts';
import { authorise } from './authorise.ts';
import type { EdgeEvent, EdgeRequest, EdgeResponse } from './edge-event.ts';
import { refuse } from './refuse.ts';
import { cf } from './runtime.ts';

/** The names of the distribution's origins. */
const ARTIFACTS = 'artifacts';
const API = 'api';

/** S3 has no such file, may not tell that it has none, or has no such range: the API says so in MLflow's words. */
const FAILOVER = [403, 404, 416];

/** Sends a viewer's request for a file to S3 itself, and all else to the API. */
export async function handler(event: EdgeEvent): Promise<EdgeRequest | EdgeResponse> {
  const request = event.request;
  if (!isForS3(request)) return request;
  const address = artifactAddressOf(request.uri);
  if (address.kind === 'elsewhere') return request;
  if (address.kind === 'invalid') return refuse('INVALID_PARAMETER_VALUE', address.message);
  const verdict = await authorise(request, String(address.path.split('/')[0]));
  if (verdict === 'ask') return request;
  if (verdict !== 'go') return verdict;
  if (sizeOf(request) > MAX_SINGLE_PUT_BYTES) return refuse('REQUEST_TOO_LARGE', TOO_LARGE);
  request.uri = `/${address.encodedKey}`;
  request.querystring = {};
  request.headers = headersForS3(request, address.path);
  pickOrigin(request.method);
  return request;
}

const TOO_LARGE =
  'A file above 5 GB does not fit into one PUT. Send it as a multipart upload (POST ' +
  '/api/2.0/mlflow-artifacts/mpu/create), as the client of MLflow 3.17 does by itself.';

function isForS3(request: EdgeRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  // S3 wants the size first. The client's empty files come without.
  return request.method === 'PUT' && sizeOf(request) >= 0;
}

/** Content-Length in bytes; -1 without a readable one. */
function sizeOf(request: EdgeRequest): number {
  const length = request.headers['content-length'];
  return length !== undefined && /^[0-9]+$/.test(length.value) ? Number(length.value) : -1;
}

/** Header names that S3 would act upon: it would keep the first five with the file, and answer the rest to other origins. */
const MEANT_FOR_S3 = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
  'origin',
  'access-control-request-headers',
  'access-control-request-method',
];

/** The viewer's headers but those by which S3 would do something else than store or send this file. */
function headersForS3(request: EdgeRequest, path: string): EdgeRequest['headers'] {
  const headers: EdgeRequest['headers'] = {};
  for (const name in request.headers) {
    const value = request.headers[name];
    const isKept = name.slice(0, 6) !== 'x-amz-' && !MEANT_FOR_S3.includes(name);
    if (isKept && value !== undefined) headers[name] = value;
  }
  // MLflow reads `bytes= 0-4` (starlette: _parse_range_header), S3 does not.
  if (headers.range !== undefined) headers.range = { value: headers.range.value.split(' ').join('') };
  if (request.method === 'PUT') {
    const name = path.slice(path.lastIndexOf('/') + 1);
    headers['content-type'] = { value: mimeTypeOf(name) };
    headers['content-disposition'] = { value: attachment(name, decompose(name)) };
  }
  return headers;
}

// The runtime's documentation does not list it.
const decompose = (name: string): string => (typeof name.normalize === 'function' ? name.normalize('NFKD') : name);

function pickOrigin(method: string): void {
  if (method === 'PUT') {
    cf.selectRequestOriginById(ARTIFACTS);
    return;
  }
  cf.createRequestOriginGroup({
    originIds: [{ originId: ARTIFACTS }, { originId: API }],
    failoverCriteria: { statusCodes: FAILOVER },
  });
}
