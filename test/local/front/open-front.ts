import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll } from 'vitest';
import { buildEdgeFunction } from '../../../build-edge.js';
import { operations } from '../../../functions/api/index.ts';
import type { Operation } from '../../../functions/api/operation.ts';
import { createBackend } from '../../../functions/entry/services.ts';
import { createApp } from '../../../functions/http/app.ts';
import { checkOrigins, judgeOrigins } from '../../../local/check-origins.ts';
import { createFront } from '../../../local/front/create-front.ts';
import { keyValuesOf } from '../../../local/front/edge-function.ts';
import { type EmbeddedStores, startStores } from '../../../local/stores.ts';

/** A front with all that stands behind it, on a free port. */
export interface TestFront {
  readonly url: string;
  readonly stores: EmbeddedStores;
  /** What the edge function reads; may be changed. */
  readonly settings: Map<string, string>;
  /** The operations of the API that were called, as `METHOD path`. */
  readonly apiCalls: string[];
  readonly reports: unknown[];
  /** Connections that are at something; the others are closed on the way. */
  readonly countConnections: () => Promise<number>;
}

/** Starts a front for a test file; it stops after the file's last test. */
export async function openFront(): Promise<TestFront> {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  const { services } = createBackend(stores, stores.connections);
  const apiCalls: string[] = [];
  const reports: unknown[] = [];
  const app = createApp(operations.map(noting(apiCalls)), services, { report: (...report) => reports.push(report) });
  const settings = new Map([['mode', 'none']]);
  const judge = judgeOrigins({ allowedHosts: undefined, allowedOrigins: [] });
  const { server } = createFront({
    edgeSource: buildEdgeFunction(),
    keyValues: keyValuesOf(settings),
    judge,
    s3: stores.s3,
    api: getRequestListener(checkOrigins(judge, app.fetch)),
    report: (...report) => reports.push(report),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await stores.stop();
  });
  const { port } = server.address() as AddressInfo;
  const countConnections = () =>
    new Promise<number>((resolve, reject) => {
      server.closeIdleConnections();
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  return { url: `http://127.0.0.1:${port}`, stores, settings, apiCalls, reports, countConnections };
}

/** The same operation, which notes that it was called. */
const noting =
  (calls: string[]) =>
  (operation: Operation): Operation => {
    const note = <Input extends readonly unknown[], Output>(respond: (...input: Input) => Output) => {
      return (...input: Input): Output => {
        calls.push(`${operation.method} ${operation.paths[0]}`);
        return respond(...input);
      };
    };
    return operation.kind === 'json'
      ? { ...operation, respond: note(operation.respond) }
      : { ...operation, respond: note(operation.respond) };
  };
