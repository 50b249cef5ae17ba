import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How an invocation ended: with the function's answer, or with an error that it let out. */
export type Outcome =
  | { readonly kind: 'answer'; readonly payload: unknown; readonly sizeBytes: number }
  | { readonly kind: 'error'; readonly payload: unknown };

/** Lambda's side of the Runtime API, for one process of a function. */
export interface RuntimeApi {
  /** What the process is told in AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Resolves when the process asks for its first event; rejects when it says that it cannot start. */
  readonly ready: Promise<void>;
  /** Hands over an event; events go one after the other. Rejects when the API is closed meanwhile. */
  readonly invoke: (event: unknown, traceId?: string) => Promise<Outcome>;
  /** The process then finds nobody and ends. */
  readonly close: () => Promise<void>;
}

interface Pending {
  readonly id: string;
  readonly event: string;
  readonly traceId: string | undefined;
  readonly end: (outcome: Outcome) => void;
  readonly fail: (error: Error) => void;
}

const PREFIX = '/2018-06-01/runtime';

/** A promise and what settles it. Whoever starts a process waits for it; one that nobody waits for must not end the test run. */
function deferred() {
  let resolve = (): void => undefined;
  let reject = (_: Error): void => undefined;
  const promise = new Promise<void>((onDone, onError) => {
    resolve = onDone;
    reject = onError;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** Serves the documented Runtime API (AWS: "Using the Lambda runtime API for custom runtimes"). An event is to be done in `timeoutMs`. */
export async function startRuntimeApi(timeoutMs: number): Promise<RuntimeApi> {
  const waiting: Pending[] = [];
  const running = new Map<string, Pending>();
  let asking: ServerResponse | undefined;
  let invocations = 0;
  const ready = deferred();

  const handOver = (): void => {
    const next = asking && waiting.shift();
    if (!asking || !next) return;
    running.set(next.id, next);
    asking.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:111122223333:function:f',
      ...(next.traceId !== undefined && { 'lambda-runtime-trace-id': next.traceId }),
    });
    asking.end(next.event);
    asking = undefined;
  };

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.slice(PREFIX.length) ?? '';
    if (path === '/invocation/next') {
      asking = response;
      ready.resolve();
      return handOver();
    }
    const body = Buffer.concat(await request.toArray());
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (path === '/init/error') return ready.reject(new Error(`The function cannot start: ${body}`));
    const [, id = '', kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    const payload: unknown = body.length === 0 ? undefined : JSON.parse(body.toString());
    const pending = running.get(id);
    running.delete(id);
    pending?.end(kind === 'error' ? { kind, payload } : { kind: 'answer', payload, sizeBytes: body.length });
  };

  const server = createServer((request, response) => {
    take(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: Partial<AddressInfo> = Object(server.address());
  return {
    address: `127.0.0.1:${port}`,
    ready: ready.promise,
    invoke: (event, traceId) =>
      new Promise((end, fail) => {
        invocations += 1;
        waiting.push({ id: `invocation-${invocations}`, event: JSON.stringify(event), traceId, end, fail });
        handOver();
      }),
    close: async () => {
      const gone = new Error('The function is gone');
      ready.reject(gone);
      for (const { fail } of [...waiting, ...running.values()]) fail(gone);
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
