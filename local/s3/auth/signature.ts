import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { S3Request } from '../s3-request.ts';
import { uriEncode, uriEncodePath } from '../wire/uri-encode.ts';
import type { Claims, Credential } from './claims.ts';

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** SHA-256 of a text, in hex. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** HMAC-SHA256 of a text, in hex. */
export const hmacHex = (key: Buffer, text: string): string => hmac(key, text).toString('hex');

/** The key for one day, region and service (AWS: Signature Version 4, "Deriving the signing key"). */
export const deriveSigningKey = (secretAccessKey: string, credential: Credential): Buffer => {
  const dayKey = hmac(`AWS4${secretAccessKey}`, credential.day);
  return hmac(hmac(hmac(dayKey, credential.region), credential.service), credential.terminator);
};

/** `20261121/us-east-1/s3/aws4_request`. */
export const scopeOf = ({ day, region, service, terminator }: Credential): string =>
  `${day}/${region}/${service}/${terminator}`;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const canonicalRequest = (request: S3Request, claims: Claims): string => {
  const headers = claims.signedHeaders.map((name) => {
    const value = request.headers[name] ?? '';
    return `${name}:${value.trim().replace(/ +/g, ' ')}\n`;
  });
  return [
    request.method,
    uriEncodePath(request.path),
    canonicalQuery(request.query),
    headers.join(''),
    claims.signedHeaders.join(';'),
    claims.payloadHash,
  ].join('\n');
};

/** The signature that the holder of the key would have put on this request, in hex. */
export const expectedSignature = (request: S3Request, claims: Claims, signingKey: Buffer): string =>
  hmacHex(
    signingKey,
    ['AWS4-HMAC-SHA256', claims.amzDate, scopeOf(claims.credential), sha256Hex(canonicalRequest(request, claims))].join(
      '\n',
    ),
  );

/** Compares in a time that tells nothing about where the two differ. */
export const isSameSignature = (expected: string, given: string): boolean => {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};
