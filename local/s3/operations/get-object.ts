import type { ByteSpan } from '../disk/blob-store.ts';
import type { StoredObject } from '../disk/state.ts';
import { checkReadConditions, isRangeStillValid } from '../rules/conditions.ts';
import { parsePartNumber } from '../rules/multipart.ts';
import { checksumHeaders, describeObject, overriddenHeaders } from '../rules/object-headers.ts';
import { parseRange } from '../rules/range.ts';
import { noSuchKey, S3Error } from '../s3-error.ts';
import type { S3Context, S3Operation, SignedRequest } from '../s3-operation.ts';
import type { S3Reply } from '../s3-reply.ts';

type Answer = { readonly object: StoredObject; readonly span: ByteSpan; readonly reply: S3Reply };

const spanOfPart = (object: StoredObject, partNumber: number): ByteSpan => {
  const part = object.blobs[partNumber - 1];
  if (part === undefined) throw new S3Error('InvalidRange', 'The requested partnumber is not satisfiable');
  const first = object.blobs.slice(0, partNumber - 1).reduce((sum, blob) => sum + blob.sizeBytes, 0);
  return { first, last: first + part.sizeBytes - 1 };
};

const requestedSpan = (object: StoredObject, { headers, query }: SignedRequest): ByteSpan | undefined => {
  const part = query.get('partNumber');
  if (part !== null) return spanOfPart(object, parsePartNumber(part));
  return isRangeStillValid(headers['if-range'], object) ? parseRange(headers.range, object.sizeBytes) : undefined;
};

const partsCount = (object: StoredObject, query: URLSearchParams): Readonly<Record<string, string>> =>
  query.has('partNumber') && object.uploadId !== undefined
    ? { 'x-amz-mp-parts-count': String(object.blobs.length) }
    : {};

const answer = ({ store }: S3Context, request: SignedRequest): Answer => {
  const { bucket, headers, key, query } = request;
  const object = store.bucket(bucket).objects.get(key);
  if (object === undefined) throw noSuchKey();
  const described = { ...describeObject(object), ...overriddenHeaders(query) };
  checkReadConditions(headers, object, described);
  const part = requestedSpan(object, request);
  const span = part ?? { first: 0, last: object.sizeBytes - 1 };
  const isPart = part !== undefined && object.sizeBytes > 0;
  // A client would check the bytes of a range against the checksum of the whole.
  const wantsChecksum = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && part === undefined;
  const replyHeaders = {
    ...described,
    ...partsCount(object, query),
    ...(wantsChecksum ? checksumHeaders(object) : {}),
    ...(isPart ? { 'content-range': `bytes ${span.first}-${span.last}/${object.sizeBytes}` } : {}),
    'content-length': String(span.last - span.first + 1),
  };
  return { object, span, reply: { status: isPart ? 206 : 200, headers: replyHeaders } };
};

/** GetObject, whole or a range; the bytes stay readable to the end even if the object is replaced meanwhile. */
export const getObject: S3Operation = async (context, request) => {
  const { blobs } = context.store;
  const { object, span, reply } = answer(context, request);
  const close = blobs.lease(object.blobs);
  return { ...reply, body: { chunks: () => blobs.read(object.blobs, span), close } };
};

/** HeadObject: the same head, no body. */
export const headObject: S3Operation = async (context, request) => answer(context, request).reply;
