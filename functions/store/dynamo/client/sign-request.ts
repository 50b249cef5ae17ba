import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

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

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The headers of a request signed by AWS Signature Version 4 (AWS: Create a signed AWS API request). */
export function signRequest(request: UnsignedRequest, credentials: Credentials): Record<string, string> {
  const { host, target, body, service = 'dynamodb', contentType = CONTENT_TYPE } = request;
  const timestamp = new Date(request.now).toISOString().replace(/[-:]|\.\d+/g, '');
  const { sessionToken } = credentials;
  const headers: Record<string, string> = {
    'content-type': contentType,
    host,
    'x-amz-date': timestamp,
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
    'x-amz-target': target,
  };
  // Written in the order of their names, as the canonical request wants them.
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const scope = `${timestamp.slice(0, 8)}/${request.region}/${service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const signature = hmac(signingKey(scope, credentials), toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

interface DerivedKey {
  readonly scope: string;
  readonly secret: string;
  readonly key: Buffer;
}

let derived: DerivedKey | undefined;

/** The key is the same all day long; the last one is kept. */
function signingKey(scope: string, { secretAccessKey: secret }: Credentials): Buffer {
  if (derived?.scope === scope && derived.secret === secret) return derived.key;
  const [date = '', region = '', service = '', end = ''] = scope.split('/');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), end);
  derived = { scope, secret, key };
  return key;
}
