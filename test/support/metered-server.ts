import { serve } from '@hono/node-server';
import { afterAll, beforeAll } from 'vitest';
import { operations } from '../../functions/api/index.ts';
import type { Cost } from '../../functions/domain/cost.ts';
import { createMetering } from '../../functions/entry/metering.ts';
import { createBackend } from '../../functions/entry/services.ts';
import { createApp } from '../../functions/http/app.ts';
import { COST_HEADER } from '../../functions/http/cost-header.ts';
import type { EngineName } from '../../local/dynamodb/engine.ts';
import { startStores } from '../../local/stores.ts';

/** What came back over HTTP, and what it cost as its header says. */
export interface MeteredAnswer {
  readonly status: number;
  readonly body: string;
  readonly cost: Cost;
}

/** Sends a request and reads all of its answer. A body is sent as JSON, bytes as they are. */
export type MeteredCall = (method: string, path: string, body?: object) => Promise<MeteredAnswer>;

/**
 * Serves the app over HTTP around the tests of this `describe`, with the cost header, on empty stores of `engine`. It takes
 * itself for one of many writers, as a function on AWS does: what a laptop keeps in memory is read anew and paid for.
 */
export function meteredServerAroundTests(engine: EngineName): MeteredCall {
  let origin = '';
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const stores = await startStores({ dataDir: undefined, engine, log: () => undefined });
    const { meter, requests } = createMetering({ hasHeader: true, onRequest: undefined, onWork: undefined });
    const { services } = createBackend(stores, { ...stores.connections, isOnlyWriter: false }, { meter });
    const app = createApp(operations, services, { report: console.error, meter: requests });
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    stop = async () => {
      await new Promise((resolve) => server.close(resolve));
      await stores.stop();
    };
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
    origin = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => stop?.());
  return async (method, path, body) => {
    const response = await fetch(origin + path, { method, ...payloadOf(body) });
    const text = await response.text();
    return { status: response.status, body: text, cost: parseCost(response.headers.get(COST_HEADER) ?? '') };
  };
}

const payloadOf = (body: object | undefined): RequestInit => {
  if (body === undefined) return {};
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
};

/** Reads the header as a user would; throws when a part is missing. */
function parseCost(header: string): Cost {
  const figures = new Map(header.split('; ').map((part) => [part.split('=')[0], Number(part.split('=')[1])]));
  const figure = (name: string): number => {
    const value = figures.get(name);
    if (value === undefined || Number.isNaN(value)) throw new Error(`no ${name} in the header '${header}'`);
    return value;
  };
  return {
    writeUnits: figure('wru'),
    readUnits: figure('rru'),
    s3Gets: figure('s3-get'),
    s3Puts: figure('s3-put'),
    s3Lists: figure('s3-list'),
    s3Deletes: figure('s3-delete'),
  };
}
