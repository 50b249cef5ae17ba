import { createHash, createHmac } from 'node:crypto';
import { type ClientRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { CREDENTIALS } from './local-s3.ts';

/** What came back, the error code picked out. */
export type RawResponse = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly code: string;
};

/** A request as it is, for what an SDK would never send. */
export type RawRequest = {
  readonly method: string;
  /** As on the wire. */
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Writes and ends the body. */
  readonly send?: (outgoing: ClientRequest) => void;
};

/** Sends it and waits for the answer. */
export const sendRaw = (endpoint: string, { method, path, headers, send }: RawRequest): Promise<RawResponse> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint);
    const outgoing = request({ hostname, port, method, path, headers, agent: false }, async (response) => {
      const body = await text(response);
      const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? '';
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body, code });
    });
    outgoing.on('error', reject);
    if (send === undefined) outgoing.end();
    else send(outgoing);
  });

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

type ToSign = {
  readonly endpoint: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly date?: Date;
  readonly region?: string;
};

/** Signature Version 4 written out, for headers of our choosing (the path must be encoded and without a query). */
export const signedHeaders = ({
  endpoint,
  method,
  path,
  headers = {},
  date = new Date(),
  region = 'us-east-1',
}: ToSign) => {
  const amzDate = date.toISOString().replace(/[-:]|\.\d+/g, '');
  const all: Record<string, string> = {
    host: new URL(endpoint).host,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': amzDate,
    ...headers,
  };
  const names = Object.keys(all).sort();
  const canonical = [
    method,
    path,
    '',
    ...names.map((name) => `${name}:${all[name]}`),
    '',
    names.join(';'),
    all['x-amz-content-sha256'],
  ];
  const scope = `${amzDate.slice(0, 8)}/${region}/s3/aws4_request`;
  const hash = createHash('sha256').update(canonical.join('\n')).digest('hex');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${CREDENTIALS.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', amzDate, scope, hash].join('\n')).toString('hex');
  const credential = `Credential=${CREDENTIALS.accessKeyId}/${scope}`;
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
};
