import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll } from 'vitest';
import { buildEdgeFunction } from '../../../build-edge.js';
import { identityOperations, operations } from '../../../functions/api/index.ts';
import type { Operation } from '../../../functions/api/operation.ts';
import { openGuard } from '../../../functions/entry/guard.ts';
import { type Backend, createBackend } from '../../../functions/entry/services.ts';
import { createApp } from '../../../functions/http/app.ts';
import { hashPassword } from '../../../functions/platform/password-hash.ts';
import { checkOrigins, judgeOrigins } from '../../../local/check-origins.ts';
import { auditFiles } from '../../../local/front/audit-files.ts';
import { createFront } from '../../../local/front/create-front.ts';
import { keyValuesOf } from '../../../local/front/edge-function.ts';
import { keyValuesOfUsers } from '../../../local/front/key-values-of-users.ts';
import type { ServedApp } from '../../../local/guarded-app.ts';
import { type EmbeddedStores, startStores } from '../../../local/stores.ts';
import { collectReports } from '../../support/collect-reports.ts';
import { PASSWORD } from '../../support/guarded-app.ts';

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

/** Starts a front where everybody may do everything, for a test file; it stops after the file's last test. */
export const openFront = (): Promise<TestFront> =>
  startFront(({ services }, { apiCalls, report, settings }) => ({
    app: createApp(operations.map(noting(apiCalls)), services, { report }),
    keyValues: keyValuesOf(settings),
    onAnswered: undefined,
  }));

/** One where users sign in, who may do nothing that was not granted to them. Its admin is `root`. */
export const openGuardedFront = (): Promise<TestFront> =>
  startFront(async ({ services, identity: identityStore }, { apiCalls, report }) => {
    const { guard, identity, holdsAll } = openGuard({
      identityStore,
      tokenKey: async () => TOKEN_KEY,
      defaultPermission: 'NO_PERMISSIONS',
      clock: services.clock,
      hash,
      auditTo: report,
    });
    await identity.store.createUser({ username: 'root', passwordHash: await hash(PASSWORD), isAdmin: true });
    const guarded = [...operations, ...identityOperations].map(noting(apiCalls));
    return {
      app: createApp(guarded, { ...services, identity }, { report }, guard),
      keyValues: keyValuesOfUsers(TOKEN_KEY, holdsAll),
      onAnswered: guard.auditor && auditFiles({ auditor: guard.auditor, codec: identity.codec, report }),
    };
  });

/** What the servers of `openGuardedFront` sign tokens with. */
export const TOKEN_KEY = { keyId: 'k1', secret: 'the secret of these tests' };

/** Little work, as tests make many users. */
const hash = (password: string) => hashPassword(password, { cost: 2, blockSize: 1, rounds: 1 });

/** What a test looks at, and what an app under test tells it by. */
interface Watched extends Pick<TestFront, 'apiCalls' | 'settings'> {
  readonly report: (message: string, cause: unknown) => void;
}

async function startFront(
  makeApp: (backend: Backend, watched: Watched) => ServedApp | Promise<ServedApp>,
): Promise<TestFront> {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  const apiCalls: string[] = [];
  const { reports, report } = collectReports();
  const settings = new Map([['mode', 'none']]);
  const { app, ...told } = await makeApp(createBackend(stores, stores.connections), { apiCalls, settings, report });
  const judge = judgeOrigins({ allowedHosts: undefined, allowedOrigins: [], publicOrigin: undefined });
  const { server } = createFront({
    edgeSource: buildEdgeFunction(),
    ...told,
    judge,
    s3: stores.s3,
    api: getRequestListener(checkOrigins(judge, app.fetch)),
    report,
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
