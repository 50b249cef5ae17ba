import { checksumHeader } from '../body/checksum.ts';
import type { StoredObject } from '../disk/state.ts';
import { S3Error } from '../s3-error.ts';

type Headers = Readonly<Record<string, string>>;

const KEPT = [
  'content-type',
  'content-disposition',
  'cache-control',
  'content-encoding',
  'content-language',
  'expires',
];
const METADATA = 'x-amz-meta-';
const MAX_METADATA_BYTES = 2048;

// The framing is taken off on arrival, so it is no encoding of what is stored.
const withoutFraming = (encoding: string): string =>
  encoding
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.toLowerCase() !== 'aws-chunked')
    .join(',');

const checkMetadataSize = (metadata: readonly (readonly [string, string])[]): void => {
  const bytes = metadata.reduce(
    (sum, [name, value]) => sum + name.length - METADATA.length + Buffer.byteLength(value),
    0,
  );
  if (bytes > MAX_METADATA_BYTES) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
};

// A presigned query can hold what a header cannot; stored, it would break every later answer.
const checkHeaderName = (name: string): void => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new S3Error('InvalidArgument', `Header name is not allowed: ${name}`);
};

const checkedHeaderValue = (value: string): string => {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new S3Error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
};

/** The headers of an upload that come back with every download; 400 MetadataTooLarge above 2 KB of `x-amz-meta-*`. */
export const keptHeaders = (headers: Headers): Headers => {
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith(METADATA));
  for (const [name, value] of metadata) {
    checkHeaderName(name);
    checkedHeaderValue(value);
  }
  checkMetadataSize(metadata);
  const system = KEPT.flatMap((name) => {
    const value = name === 'content-encoding' ? withoutFraming(headers[name] ?? '') : headers[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries([...system, ...metadata]);
};

/** An entity tag as HTTP writes it. */
export const quotedEtag = (etag: string): string => `"${etag}"`;

/** `x-amz-checksum-*` of what was stored, if anything. */
export const checksumHeaders = ({ checksum }: Pick<StoredObject, 'checksum'>): Headers =>
  checksum === undefined
    ? {}
    : { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };

/** What a GET, a HEAD and a 304 say about an object. */
export const describeObject = (object: StoredObject): Headers => ({
  'content-type': 'binary/octet-stream',
  ...object.headers,
  etag: quotedEtag(object.etag),
  'last-modified': new Date(object.modifiedMs).toUTCString(),
  'accept-ranges': 'bytes',
});

const OVERRIDES: Headers = {
  'response-content-type': 'content-type',
  'response-content-disposition': 'content-disposition',
  'response-content-encoding': 'content-encoding',
  'response-content-language': 'content-language',
  'response-cache-control': 'cache-control',
  'response-expires': 'expires',
};

/** The headers that a signed query replaces (`response-content-type` and the like); 400 for a value no header can hold. */
export const overriddenHeaders = (query: URLSearchParams): Headers => {
  const headers: Record<string, string> = {};
  for (const [parameter, header] of Object.entries(OVERRIDES)) {
    const value = query.get(parameter);
    if (value === null) continue;
    headers[header] = checkedHeaderValue(value);
  }
  return headers;
};
