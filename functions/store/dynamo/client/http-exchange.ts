import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** A request to an endpoint. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpBytes {
  readonly status: number;
  readonly bytes: Buffer;
}

/** Sends a request over a kept connection; rejects when there is no whole answer in time. */
export type HttpExchange = (request: HttpRequest) => Promise<HttpBytes>;

const MAX_SOCKETS = 64;

/** Speaks with one endpoint. `timeoutMs` bounds the silence on a connection. */
export function createHttpExchange(endpoint: URL, timeoutMs: number): HttpExchange {
  const isPlain = endpoint.protocol === 'http:';
  const agentOptions = { keepAlive: true, maxSockets: MAX_SOCKETS, noDelay: true };
  const agent = isPlain ? new HttpAgent(agentOptions) : new HttpsAgent(agentOptions);
  const send = isPlain ? httpRequest : httpsRequest;
  const target = { host: endpoint.hostname, port: endpoint.port, agent, timeout: timeoutMs };
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const call = send({ ...target, method, path, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(chunks) }));
      });
      call.on('timeout', () => call.destroy(new Error(`no answer from ${endpoint.host} within ${timeoutMs} ms`)));
      call.on('error', reject);
      call.end(body);
    });
}
