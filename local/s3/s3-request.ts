import type { IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

const MAX_KEY_BYTES = 1024;

/** One request, taken apart: bucket and key decoded, header names in lower case, the body untouched. */
export type S3Request = {
  readonly method: string;
  /** Decoded path, as sent. */
  readonly path: string;
  /** Empty at service level. */
  readonly bucket: string;
  /** Empty at bucket level. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly isPresigned: boolean;
  /** The raw body; reading it tells a waiting client to send it. */
  readonly body: AsyncIterable<Uint8Array>;
};

const decodePath = (rawPath: string): string => {
  try {
    return decodeURIComponent(rawPath);
  } catch (cause) {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.", { cause });
  }
};

/** Refuses keys above S3's 1,024 bytes of UTF-8. */
export const checkKeyLength = (key: string): void => {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error('KeyTooLongError', 'Your key is too long');
};

/** Splits `/bucket/key` (path style); the key may hold anything, `//` and `..` too. */
export const splitPath = (path: string): { readonly bucket: string; readonly key: string } => {
  if (!path.startsWith('/')) throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  const slash = path.indexOf('/', 1);
  const [bucket, key] = slash < 0 ? [path.slice(1), ''] : [path.slice(1, slash), path.slice(slash + 1)];
  checkKeyLength(key);
  return { bucket, key };
};

/** What of a message says what is asked for. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

const singleHeaders = (raw: IncomingMessage['headers']): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
};

/** An SDK bakes the checksum of the empty body it signs with into the URL; it says nothing of the body that comes. */
const isAboutTheSignedBody = (name: string): boolean =>
  name.startsWith('x-amz-checksum-') || name === 'x-amz-sdk-checksum-algorithm' || name === 'x-amz-content-sha256';

/** Presigners move `x-amz-*` headers (metadata, say) into the query: there they count as headers. */
const hoistedHeaders = (query: URLSearchParams): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of query) {
    const isHeader = name.startsWith('x-amz-') && !isAboutTheSignedBody(name);
    if (isHeader) headers[name] = value;
  }
  return headers;
};

/** Reads the request line and headers; 400 InvalidURI or KeyTooLongError when the path is no path of S3. */
export const parseS3Request = (message: RequestHead, body: AsyncIterable<Uint8Array>): S3Request => {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const path = decodePath(mark < 0 ? url : url.slice(0, mark));
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const isPresigned = query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm');
  const headers = singleHeaders(message.headers);
  const method = message.method ?? 'GET';
  return { method, path, ...splitPath(path), query, headers, isPresigned, body };
};

/** The headers an operation looks at: those sent, and those a presigner moved to the query. */
export const withHoistedHeaders = (request: S3Request): S3Request =>
  request.isPresigned ? { ...request, headers: { ...hoistedHeaders(request.query), ...request.headers } } : request;
