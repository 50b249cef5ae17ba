import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a POST over a kept connection; rejects when there is no whole answer in time. */
export type HttpPost = (headers: Readonly<Record<string, string>>, body: string) => Promise<HttpAnswer>;

const MAX_SOCKETS = 64;

/** POSTs to one endpoint. `timeoutMs` bounds the silence on a connection. */
export function createHttpPost(endpoint: URL, timeoutMs: number): HttpPost {
  const isPlain = endpoint.protocol === 'http:';
  const agentOptions = { keepAlive: true, maxSockets: MAX_SOCKETS, noDelay: true };
  const agent = isPlain ? new HttpAgent(agentOptions) : new HttpsAgent(agentOptions);
  const send = isPlain ? httpRequest : httpsRequest;
  const target = { host: endpoint.hostname, port: endpoint.port, method: 'POST', path: '/', agent, timeout: timeoutMs };
  return (headers, body) =>
    new Promise((resolve, reject) => {
      const withLength = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
      const call = send({ ...target, headers: withLength }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      call.on('timeout', () => call.destroy(new Error(`no answer from ${endpoint.host} within ${timeoutMs} ms`)));
      call.on('error', reject);
      call.end(body);
    });
}
