import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What is signed of a request without a query. */
export interface SignedParts {
  readonly method: 'GET' | 'POST';
  /** Encoded as it is sent. */
  readonly path: string;
  /** In the order of their lower-case names; all of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, as hex digits. */
  readonly bodyHash: string;
  readonly region: string;
  readonly service: string;
  /** As in the header `x-amz-date`. */
  readonly timestamp: string;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** A time, in ms since the epoch, as signatures write it. */
export const timestampOf = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/** The header `authorization` of AWS Signature Version 4 (AWS: Create a signed AWS API request). */
export function authorizationOf(parts: SignedParts, credentials: Credentials): string {
  const { method, path, headers, bodyHash, region, service, timestamp } = parts;
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `${method}\n${path}\n\n${lines.join('')}\n${names}\n${bodyHash}`;
  const scope = `${timestamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const signature = hmac(signingKey(scope, credentials), toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

interface DerivedKey {
  readonly scope: string;
  readonly secret: string;
  readonly key: Buffer;
}

const derived = new Map<string, DerivedKey>();

/** The key is the same all day long; the last one of each service is kept. */
function signingKey(scope: string, { secretAccessKey: secret }: Credentials): Buffer {
  const [date = '', region = '', service = '', end = ''] = scope.split('/');
  const kept = derived.get(service);
  if (kept?.scope === scope && kept.secret === secret) return kept.key;
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), end);
  derived.set(service, { scope, secret, key });
  return key;
}
