import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A request as it arrived, whole. */
export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on 127.0.0.1 in place of DynamoDB, until the test has finished. */
export interface TestServer {
  readonly endpoint: string;
  readonly received: readonly Received[];
  readonly countConnections: () => number;
  /** Closes the connections that no request is on. */
  readonly closeIdle: () => void;
}

/** Starts a server that leaves each whole request to `answer`. */
export async function startServer(answer: (response: ServerResponse) => void): Promise<TestServer> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const take = async () => {
      const { method, url, headers } = request;
      received.push({ method, url, headers, body: await text(request) });
      answer(response);
    };
    // A request that breaks off has nobody left to answer.
    take().catch(() => response.destroy());
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    received,
    countConnections: () => connections,
    closeIdle: () => server.closeIdleConnections(),
  };
}

/** Answers as DynamoDB does. */
export const answerWith =
  (status: number, body: object) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  };
