import { authorizationOf, type Credentials, sha256, timestampOf } from './authorization.ts';

/** A POST to `/` of one host, which is all that the JSON protocols of AWS know. */
export interface UnsignedRequest {
  readonly host: string;
  readonly region: string;
  readonly target: string;
  readonly body: string;
  /** ms since the epoch. */
  readonly now: number;
  /** By which name the service knows itself in signatures. @default DynamoDB's */
  readonly service?: string;
  /** @default DynamoDB's */
  readonly contentType?: string;
}

/** Gives a request its headers. */
export type Sign = (request: UnsignedRequest, credentials: Credentials) => Readonly<Record<string, string>>;

export const CONTENT_TYPE = 'application/x-amz-json-1.0';

/** The headers of a request signed by AWS Signature Version 4. */
export function signRequest(request: UnsignedRequest, credentials: Credentials): Record<string, string> {
  const { host, target, body, region, service = 'dynamodb', contentType = CONTENT_TYPE } = request;
  const timestamp = timestampOf(request.now);
  const { sessionToken } = credentials;
  const headers: Record<string, string> = {
    'content-type': contentType,
    host,
    'x-amz-date': timestamp,
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
    'x-amz-target': target,
  };
  const signed = { method: 'POST', path: '/', headers, bodyHash: sha256(body), region, service, timestamp } as const;
  return { ...headers, authorization: authorizationOf(signed, credentials) };
}
