import type { AddressInfo } from 'node:net';
import { serve as listen } from '@hono/node-server';
import { operations } from '../functions/api/index.ts';
import { type Cost, NO_COST } from '../functions/domain/cost.ts';
import { BUILT_IN_RULES } from '../functions/domain/redaction/built-in-rules.ts';
import { createRedact, type Redact } from '../functions/domain/redaction/redact.ts';
import { createMetering, UNMETERED } from '../functions/entry/metering.ts';
import { createApp } from '../functions/http/app.ts';
import { formatCost } from '../functions/http/cost-header.ts';
import { openBackend } from './backend.ts';
import { checkOrigins } from './check-origins.ts';
import { CommandError } from './command-error.ts';
import { createGuardedApp } from './guarded-app.ts';
import { mountLanding } from './landing.ts';
import { lockDataDir } from './lock.ts';
import type { ServeOptions } from './serve-options.ts';
import { stopHttp } from './stop-http.ts';
import { type EmbeddedStores, startStores } from './stores.ts';
import { welcome } from './welcome.ts';

/** A running server. */
interface RunningServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Runs the handlers of Lambda behind the same router, with embedded stores, until Ctrl-C or SIGTERM. */
export async function serve(options: ServeOptions): Promise<void> {
  const lock = options.dataDir === undefined ? undefined : await lockDataDir(options.dataDir);
  try {
    const stores = await startStores({ dataDir: options.dataDir, engine: options.engine, log });
    await serveFrom(stores, options).finally(stores.stop);
  } finally {
    await lock?.release();
  }
}

async function serveFrom(stores: EmbeddedStores, options: ServeOptions): Promise<void> {
  const { meter, requests, metered } = options.hasCostHeader ? createMetering(METERING) : UNMETERED;
  const { services: plain, identity, startUpkeep } = openBackend(stores, reportError, { meter, metered });
  const services = { ...plain, redact: redactBy(options.redaction) };
  const listeners = { report: reportError, meter: requests };
  const app =
    options.auth === 'none'
      ? createApp(operations, services, listeners)
      : await createGuardedApp({ services, identityStore: identity, listeners, options });
  mountLanding(app);
  const server = await startHttp(checkOrigins(options.originRules, app.fetch), options);
  const loop = startUpkeep();
  console.log(welcome(server.url, options.dataDir));
  const failure = await Promise.race([untilSignal(), stores.failed]);
  await server.stop();
  await loop.stop();
  if (failure) throw new CommandError(`a store stopped by itself: ${failure.message}`, 1);
}

/** Looks for secrets as the options say, and tells under which keys they were, never what they are. */
function redactBy({ mode, rules }: ServeOptions['redaction']): Redact | undefined {
  if (mode === 'off') return undefined;
  return createRedact(mode, [...BUILT_IN_RULES, ...rules], ({ key, rules: found }) =>
    log(`redaction (${mode}): '${key}' held ${found.join(', ')}`),
  );
}

const tellToWait = (): void => console.error('Stopping once the requests under way are answered; Ctrl-C ends at once.');

const log = (line: string): void => console.error(line);

const reportError = (message: string, cause: unknown): void => console.error(`error: ${message}`, cause);

/** Requests tell by their header, all other work by a line. */
const METERING = {
  hasHeader: true,
  onRequest: undefined,
  onWork: (name: string, cost: Cost): void => {
    if (cost !== NO_COST) console.error(`${name}: ${formatCost(cost)}`);
  },
};

type Fetch = Parameters<typeof listen>[0]['fetch'];

function startHttp(fetch: Fetch, { host, port }: ServeOptions): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, hostname: host, port }, (address) => {
      resolve({ url: `http://${urlHost(address)}:${address.port}`, stop: () => stopHttp(server, tellToWait) });
    });
    server.once('error', (error) => reject(isPortTaken(error) ? portTaken(host, port) : error));
  });
}

const urlHost = ({ address, family }: AddressInfo): string => (family === 'IPv6' ? `[${address}]` : address);

const isPortTaken = (error: Error): boolean => 'code' in error && error.code === 'EADDRINUSE';

const portTaken = (host: string, port: number) =>
  new CommandError(`port ${port} on ${host} is in use. Stop what listens there, or give another --port.`, 1);

/** A second signal ends the process at once. */
function untilSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
}
