import type { S3Reply } from './s3-reply.ts';
import { emptyReply } from './s3-reply.ts';

const EXPOSED = [
  'ETag',
  'Accept-Ranges',
  'Content-Range',
  'Content-Length',
  'Content-Encoding',
  'Content-Disposition',
  'Last-Modified',
  'x-amz-request-id',
  'x-amz-mp-parts-count',
  'x-amz-checksum-crc32',
  'x-amz-checksum-crc32c',
  'x-amz-checksum-crc64nvme',
  'x-amz-checksum-sha1',
  'x-amz-checksum-sha256',
].join(', ');

type Headers = Readonly<Record<string, string | undefined>>;

/** For a page of any origin: the signature is what lets in, and the server listens on this machine only. */
export const corsHeaders = ({ origin }: Headers): Readonly<Record<string, string>> =>
  origin === undefined ? {} : { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED };

/** The answer to a browser's preflight. */
export const preflightReply = (headers: Headers): S3Reply =>
  emptyReply(200, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-expose-headers': EXPOSED,
    'access-control-max-age': '3000',
    vary: 'Access-Control-Request-Headers',
  });
