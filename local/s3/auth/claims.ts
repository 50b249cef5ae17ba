import { S3Error } from '../s3-error.ts';
import type { S3Request } from '../s3-request.ts';
import { parseAmzDate } from './amz-date.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_EXPIRES_SECONDS = 7 * 24 * 3600;

/** `Credential=`: whose key, and the day, region and service it was derived for. */
export type Credential = {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
};

/** What a request says of its own signature, not yet believed. */
export type Claims = {
  readonly credential: Credential;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  readonly signedAtMs: number;
  readonly payloadHash: string;
  /** Of a presigned request only. */
  readonly expiresSeconds?: number;
};

const malformedHeader = (message: string): S3Error => new S3Error('AuthorizationHeaderMalformed', message);

const malformedQuery = (message: string): S3Error => new S3Error('AuthorizationQueryParametersError', message);

const parseCredential = (text: string, refuse: (message: string) => S3Error): Credential => {
  const parts = text.split('/');
  const [terminator, service, region, day] = [parts.pop(), parts.pop(), parts.pop(), parts.pop()];
  const isWhole = terminator !== undefined && service !== undefined && region !== undefined && day !== undefined;
  if (!isWhole || parts.length === 0) {
    throw refuse(
      `Error parsing the Credential; the value must be of the form "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request", got "${text}"`,
    );
  }
  return { accessKeyId: parts.join('/'), day, region, service, terminator };
};

const parseSignedHeaders = (text: string): readonly string[] => text.toLowerCase().split(';');

const claimsOfHeader = (request: S3Request, authorization: string): Claims => {
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Error(
      'InvalidRequest',
      `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`,
    );
  }
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(',')
      .map((field) => {
        const mark = field.indexOf('=');
        return [field.slice(0, mark).trim(), field.slice(mark + 1).trim()] as const;
      }),
  );
  const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map((f) => fields.get(f));
  if (credential === undefined || signedHeaders === undefined || signature === undefined) {
    throw malformedHeader('The authorization header is malformed; it needs Credential, SignedHeaders and Signature.');
  }
  const amzDate = request.headers['x-amz-date'] ?? '';
  const signedAtMs = parseAmzDate(amzDate);
  if (signedAtMs === undefined) {
    throw new S3Error('AccessDenied', 'AWS authentication requires a valid x-amz-date header');
  }
  const payloadHash = request.headers['x-amz-content-sha256'];
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return {
    credential: parseCredential(credential, malformedHeader),
    signedHeaders: parseSignedHeaders(signedHeaders),
    signature,
    amzDate,
    signedAtMs,
    payloadHash,
  };
};

const claimsOfQuery = (request: S3Request): Claims => {
  const need = (name: string): string => {
    const value = request.query.get(name);
    if (value === null) {
      throw malformedQuery(
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      );
    }
    return value;
  };
  if (need('X-Amz-Algorithm') !== ALGORITHM) throw malformedQuery(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const amzDate = need('X-Amz-Date');
  const signedAtMs = parseAmzDate(amzDate);
  if (signedAtMs === undefined)
    throw malformedQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const expires = need('X-Amz-Expires');
  if (!/^\d{1,9}$/.test(expires)) throw malformedQuery('X-Amz-Expires should be a number');
  const expiresSeconds = Number(expires);
  if (expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw malformedQuery(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  return {
    credential: parseCredential(need('X-Amz-Credential'), malformedQuery),
    signedHeaders: parseSignedHeaders(need('X-Amz-SignedHeaders')),
    signature: need('X-Amz-Signature'),
    amzDate,
    signedAtMs,
    payloadHash:
      request.headers['x-amz-content-sha256'] ?? request.query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
    expiresSeconds,
  };
};

/** Reads the claims from the Authorization header or the presigned query; 403 AccessDenied when there are none. */
export const readClaims = (request: S3Request): Claims => {
  const { authorization } = request.headers;
  if (authorization !== undefined && request.isPresigned) {
    throw new S3Error(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  if (authorization !== undefined) return claimsOfHeader(request, authorization);
  if (request.isPresigned) return claimsOfQuery(request);
  throw new S3Error('AccessDenied', 'Access Denied');
};
