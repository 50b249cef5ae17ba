import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { operations } from '../functions/api/index.ts';
import { createHistoryAhead } from '../functions/api/metrics/history-ahead.ts';
import type { Services } from '../functions/api/operation.ts';
import { createReadAhead } from '../functions/api/runs/read-ahead.ts';
import { type Cost, NO_COST } from '../functions/domain/cost.ts';
import { BUILT_IN_RULES } from '../functions/domain/redaction/built-in-rules.ts';
import { createRedact, type Redact } from '../functions/domain/redaction/redact.ts';
import { createMetering, UNMETERED } from '../functions/entry/metering.ts';
import { createApp, type Listeners } from '../functions/http/app.ts';
import { formatCost } from '../functions/http/cost-header.ts';
import { errorText } from '../functions/platform/describe-error.ts';
import { now, sleep } from '../functions/platform/system.ts';
import { readWebhookSettings } from '../functions/webhooks/settings.ts';
import { type LocalBackend, openBackend } from './backend.ts';
import { checkOrigins, judgeOrigins } from './check-origins.ts';
import { CommandError } from './command-error.ts';
import { createEventLog } from './event-log.ts';
import { createFront, type Front } from './front/create-front.ts';
import { keyValuesOf } from './front/edge-function.ts';
import { createGuardedApp, type ServedApp } from './guarded-app.ts';
import { lockDataDir } from './lock.ts';
import { openStage } from './rehearsal/open-stage.ts';
import { watchQuiet } from './rehearsal/quiet.ts';
import { type Rehearsal, startRehearsal } from './rehearsal/rehearsal.ts';
import { parseServeOptions, type ServeOptions } from './serve-options.ts';
import { mountSite } from './site.ts';
import { stopHttp } from './stop-http.ts';
import { type EmbeddedStores, startStores } from './stores.ts';
import { welcome } from './welcome.ts';

/** A server that listens. */
interface Listening {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A server over stores that nobody looks after yet. */
interface RunningServer extends Listening, Pick<LocalBackend, 'startUpkeep' | 'archiveAll' | 'settle'> {
  /** How long nothing has been asked of it, in ms; 0 while it answers. */
  readonly quietMs: () => number;
}

/** Beside the bundled command, where build.js puts it. */
const SITE = fileURLToPath(new URL('./web/', import.meta.url));

/** Runs the handlers of Lambda behind the same router, with embedded stores, until Ctrl-C or SIGTERM. */
export async function serve(options: ServeOptions): Promise<void> {
  const lock = options.dataDir === undefined ? undefined : await lockDataDir(options.dataDir);
  try {
    const { dataDir, engine, artifactAccess } = options;
    const stores = await startStores({ dataDir, engine, artifactAccess, log });
    await serveFrom(stores, options).finally(stores.stop);
  } finally {
    await lock?.release();
  }
}

async function serveFrom(stores: EmbeddedStores, options: ServeOptions): Promise<void> {
  const server = await openServer(stores, options);
  const loop = server.startUpkeep({ gcAfterMs: options.gcAfterMs });
  const clientVariables = options.artifactAccess === 'direct' ? stores.clientVariables(server.url) : {};
  console.log(welcome({ url: server.url, dataDir: options.dataDir, clientVariables }));
  const rehearsal = rehearsalOf(server, options);
  const failure = await Promise.race([untilSignal(), stores.failed]);
  await Promise.all([server.stop(), rehearsal?.stop()]);
  await loop.stop();
  if (!failure) await server.settle();
  if (failure) throw new CommandError(`a store stopped by itself: ${failure.message}`, 1);
}

/** A server that keeps nothing will not live for long. */
function rehearsalOf({ quietMs }: RunningServer, options: ServeOptions): Rehearsal | undefined {
  if (options.dataDir === undefined) return undefined;
  const stageOptions = { ...parseServeOptions([]), port: 0 };
  const stage = { engine: options.engine, openServer: (stores: EmbeddedStores) => openServer(stores, stageOptions) };
  return startRehearsal({ openStage: () => openStage(stage), quietMs, report: reportError });
}

async function openServer(stores: EmbeddedStores, options: ServeOptions): Promise<RunningServer> {
  const { meter, requests, metered } = options.hasCostHeader ? createMetering(METERING) : UNMETERED;
  const { services: plain, ...backend } = openBackend(stores, reportError, {
    meter,
    metered,
    webhookSettings: readWebhookSettings(process.env),
    putEvent: options.eventLog === undefined ? undefined : createEventLog(options.eventLog, now),
    // The front leads to the bucket, too.
    s3EndpointFor: (origin) => origin,
  });
  // Where costs are told, nothing is done for requests that may never come.
  const readAhead = options.hasCostHeader ? undefined : createReadAhead(READING_AHEAD);
  const historyAhead = options.hasCostHeader ? undefined : createHistoryAhead(READING_AHEAD);
  const store = historyAhead?.watch(plain.store) ?? plain.store;
  const services = { ...plain, store, redact: redactBy(options.redaction), readAhead, historyAhead };
  const listeners = { report: reportError, meter: requests };
  const { app, keyValues, onAnswered } =
    options.auth === 'none'
      ? createOpenApp(services, listeners)
      : await createGuardedApp({ services, identityStore: backend.identity, listeners, options });
  mountSite(app, SITE);
  const judge = judgeOrigins(options.originRules);
  const front = createFront({
    edgeSource: readFileSync(EDGE_FILE, 'utf8'),
    keyValues,
    onAnswered,
    judge,
    s3: stores.s3,
    api: getRequestListener(checkOrigins(judge, app.fetch), { hostname: options.host }),
    report: reportError,
  });
  const { quietMs } = watchQuiet(front.server);
  const server = await listen(front, options);
  const stop = async () => {
    await server.stop();
    await Promise.all([readAhead?.stop(), historyAhead?.stop()]);
  };
  return { ...backend, url: server.url, quietMs, stop };
}

const createOpenApp = (services: Services, listeners: Listeners): ServedApp => ({
  app: createApp(operations, services, listeners),
  keyValues: keyValuesOf(new Map([['mode', 'none']])),
  onAnswered: undefined,
});

/** Built beside this command, and the very file that CloudFront runs. */
const EDGE_FILE = new URL('../dist/edge/artifact-road.js', import.meta.url);

/** Looks for secrets as the options say, and tells under which keys they were, never what they are. */
function redactBy({ mode, rules }: ServeOptions['redaction']): Redact | undefined {
  if (mode === 'off') return undefined;
  return createRedact(mode, [...BUILT_IN_RULES, ...rules], ({ key, rules: found }) =>
    log(`redaction (${mode}): '${key}' held ${found.join(', ')}`),
  );
}

const tellToWait = (): void => console.error('Stopping once the requests under way are answered; Ctrl-C ends at once.');

const log = (line: string): void => console.error(line);

const reportError = (message: string, cause: unknown): void => console.error(`error: ${message}`, errorText(cause));

/** A few pages of a thousand runs, or of histories; the pause lets the answer out first. */
const READING_AHEAD = {
  pause: () => sleep(2),
  report: reportError,
  maxBytes: 16 * 1024 * 1024,
  lifetime: () => new Promise<void>((resolve) => setTimeout(resolve, 10_000).unref()),
};

/** Requests tell by their header, all other work by a line. */
const METERING = {
  hasHeader: true,
  onRequest: undefined,
  onWork: (name: string, cost: Cost): void => {
    if (cost !== NO_COST) console.error(`${name}: ${formatCost(cost)}`);
  },
};

function listen({ server, bytesMoved }: Front, { host, port }: ServeOptions): Promise<Listening> {
  const stop = () => stopHttp(server, { onWait: tellToWait, bytesMoved });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(isPortTaken(error) ? portTaken(host, port) : error));
    server.listen(port, host, () => resolve({ url: urlOf(server.address()), stop }));
  });
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('a TCP server is expected');
  return `http://${urlHost(address)}:${address.port}`;
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
