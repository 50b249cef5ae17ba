import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isItem } from './is-item.ts';
import type { Operation } from './operations.ts';
import { Refusal, refusalBody } from './refusal.ts';

// AWS: the most that one request may carry.
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** A listening HTTP front; `close` lets the requests under way end, then closes every connection. */
export interface HttpFront {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** What the front serves, and whom it tells of faults. */
export interface HttpFrontOptions {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly log: (line: string) => void;
}

/** Serves the operations as the DynamoDB API on a free port of 127.0.0.1; faults go to `log` and to the client as status 500. */
export const startHttpFront = async (options: HttpFrontOptions): Promise<HttpFront> => {
  const underWay = new Set<Promise<void>>();
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    // Undefined when the client went away: nobody is left to answer.
    if (body === undefined || response.closed) return;
    const exchange = serve(request, body, response, options).finally(() => underWay.delete(exchange));
    underWay.add(exchange);
  });
  // Never closes an idle connection: a client could be sending a request on it at that very moment.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    await Promise.all(underWay);
    server.closeAllConnections();
    await closed;
  };
  return { endpoint: `http://127.0.0.1:${address.port}`, close };
};

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of request) {
      sizeBytes += chunk.length;
      if (sizeBytes <= MAX_REQUEST_BYTES) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return sizeBytes > MAX_REQUEST_BYTES ? '' : Buffer.concat(chunks).toString();
};

const serve = async (
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
  options: HttpFrontOptions,
): Promise<void> => {
  // Also when the client goes away before the answer is ready.
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  const answer = await answerTo(String(request.headers['x-amz-target']), body, options);
  response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(answer.body));
  await closed;
};

interface Answer {
  readonly status: number;
  readonly body: object;
}

const answerTo = async (target: string, body: string, { operations, log }: HttpFrontOptions): Promise<Answer> => {
  try {
    const operation = operations.get(target.split('.')[1] ?? '');
    if (!operation) throw new Refusal('UnknownOperationException', `Unknown operation: ${target}`);
    return { status: 200, body: await operation(parse(body)) };
  } catch (error) {
    const refusal = refusalBody(error);
    if (refusal) return { status: 400, body: refusal };
    log(`DynamoDB (dynalite) failed at ${target}: ${error instanceof Error ? error.stack : String(error)}`);
    return { status: 500, body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' } };
  }
};

const parse = (body: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(body);
    if (isItem(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Refusal('SerializationException', 'The request is not a JSON object, or larger than 16 MB');
};
