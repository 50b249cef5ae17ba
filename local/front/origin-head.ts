import type { EdgeRequest } from '../../functions/edge/edge-event.ts';
import { deriveSigningKey, expectedSignature } from '../s3/auth/signature.ts';
import { parseS3Request, type RequestHead } from '../s3/s3-request.ts';
import type { S3Origin } from '../stores.ts';

const PAYLOAD_HASH = 'UNSIGNED-PAYLOAD';
/** What must be signed (S3: `host` and all `x-amz-*`). */
const SIGNED_HEADERS = ['host', 'x-amz-content-sha256', 'x-amz-date'];

/**
 * The head of a request for an S3 origin, as CloudFront's origin access control makes it: the bucket's own host, and a
 * signature of Signature Version 4 in place of the viewer's credential. The body is not part of it.
 */
export function originHead(
  { method, uri, headers }: EdgeRequest,
  { bucketName, region, credentials }: S3Origin,
  nowMs: number,
): RequestHead {
  const amzDate = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const unsigned: RequestHead = {
    method,
    url: `/${bucketName}${uri}`,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
      authorization: undefined,
      host: `${bucketName}.s3.${region}.amazonaws.com`,
      'x-amz-content-sha256': PAYLOAD_HASH,
      'x-amz-date': amzDate,
    },
  };
  const credential = {
    accessKeyId: credentials.accessKeyId,
    day: amzDate.slice(0, 8),
    region,
    service: 's3',
    terminator: 'aws4_request',
  };
  const claims = {
    credential,
    signedHeaders: SIGNED_HEADERS,
    signature: '',
    amzDate,
    signedAtMs: nowMs,
    payloadHash: PAYLOAD_HASH,
  };
  const key = deriveSigningKey(credentials.secretAccessKey, credential);
  const signature = expectedSignature(parseS3Request(unsigned, emptyBody()), claims, key);
  const scope = `${credential.accessKeyId}/${credential.day}/${region}/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${SIGNED_HEADERS.join(';')}, Signature=${signature}`;
  return { ...unsigned, headers: { ...unsigned.headers, authorization } };
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}
