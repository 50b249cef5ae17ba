import { afterAll } from 'vitest';
import { identityOperations, operations } from '../../functions/api/index.ts';
import type { Services } from '../../functions/api/operation.ts';
import type { Permission } from '../../functions/domain/permission.ts';
import type { TokenRole } from '../../functions/domain/token.ts';
import { openGuard } from '../../functions/entry/guard.ts';
import { createBackend } from '../../functions/entry/services.ts';
import { createApp } from '../../functions/http/app.ts';
import { hashPassword } from '../../functions/platform/password-hash.ts';
import { startStores } from '../../local/stores.ts';
import { collectReports, type ReportedError } from './collect-reports.ts';
import { callers, readAnswer, type TestApp, textAt } from './test-app.ts';

/** The calls of somebody, or of nobody. */
export type Client = ReturnType<typeof callers>;

/** The application with a guard. */
export interface GuardedApp {
  readonly services: Services;
  readonly reports: readonly ReportedError[];
  /** Calls of the first admin. */
  readonly admin: Client;
  readonly anonymous: Client;
  /** Calls with an authorization header. */
  readonly as: (authorization: string) => Client;
  readonly asUser: (username: string, password?: string) => Client;
  /** Makes a user and gives their calls. */
  readonly newUser: (username: string) => Promise<Client>;
  /** Makes a token of a user and gives its text. */
  readonly newToken: (owner: Client, role: TokenRole, fields?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Signs a user in and gives the cookie and what a page must send with a write. */
  readonly newSession: (username: string, password?: string) => Promise<SignedIn>;
  readonly grant: (username: string, type: string, id: string, permission: string) => Promise<void>;
  /** Another server over the same stores, with other settings: its answers. */
  readonly beside: (settings: Partial<GuardSettings>) => TestApp['fetch'];
  /** Lets time pass. */
  readonly pass: (ms: number) => void;
  readonly fetch: TestApp['fetch'];
}

type GuardSettings = Parameters<typeof openGuard>[0];

/** What a browser has that is signed in. */
export interface SignedIn {
  /** The header `Cookie`. */
  readonly cookie: string;
  readonly csrfToken: string;
}

export const PASSWORD = 'correct horse battery';

export const basic = (username: string, password = PASSWORD): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

export const bearer = (token: string): string => `Bearer ${token}`;

const ADMIN = 'root';
const SESSION_URL = 'http://127.0.0.1/api/2.0/tracklet/session';
const TOKEN_KEY = { keyId: 'k1', secret: 'the secret of these tests' };

/** Little work, as tests make many users. */
const hash = (password: string) => hashPassword(password, { cost: 2, blockSize: 1, rounds: 1 });

/** Starts the app with a guard for a test file, over embedded stores; it stops after the file's last test. */
export async function openGuardedApp(defaultPermission: Permission = 'READ'): Promise<GuardedApp> {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  afterAll(stores.stop);
  const { tableName, bucketName, connections } = stores;
  const environment = { tableName, bucketName, artifactRoot: 'mlflow-artifacts:/' };
  let time = 1_700_000_000_000;
  const clock = () => {
    time += 1;
    return time;
  };
  const { reports, report } = collectReports();
  const backend = createBackend(environment, connections);
  const open = (settings: Partial<GuardSettings>) => {
    const { guard, identity } = openGuard({
      tokenKey: async () => TOKEN_KEY,
      identityStore: backend.identity,
      defaultPermission,
      clock,
      hash,
      auditTo: report,
      ...settings,
    });
    const services = { ...backend.services, clock, identity };
    const app = createApp([...operations, ...identityOperations], services, { report }, guard);
    const fetch: TestApp['fetch'] = async (request, env) => app.fetch(request, env);
    return { services, identity, fetch };
  };
  const { services, identity, fetch } = open({});
  const as = (authorization: string) =>
    callers((request, env) => {
      request.headers.set('authorization', authorization);
      return fetch(request, env);
    });
  const asUser: GuardedApp['asUser'] = (username, password) => as(basic(username, password));
  await identity.store.createUser({ username: ADMIN, passwordHash: await hash(PASSWORD), isAdmin: true });
  const admin = asUser(ADMIN);
  return {
    services,
    reports,
    admin,
    anonymous: callers(fetch),
    as,
    asUser,
    fetch,
    beside: (settings) => open(settings).fetch,
    newUser: async (username) => {
      await done(admin.post('users/create', { username, password: PASSWORD }));
      return asUser(username);
    },
    newToken: async (owner, role, fields = {}) => {
      const made = await done(owner.call('POST', '/api/2.0/tracklet/tokens', { name: 'a token', role, ...fields }));
      return textAt(made, 'token');
    },
    newSession: async (username, password = PASSWORD) => {
      const body = JSON.stringify({ username, password });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(new Request(SESSION_URL, { method: 'POST', headers, body }));
      const [cookie = ''] = response.headers.getSetCookie().map((text) => text.split(';')[0] ?? '');
      return { cookie, csrfToken: textAt(await readAnswer(response), 'csrf_token') };
    },
    grant: async (username, type, id, permission) => {
      const body = { username, resource_type: type, resource_id: id, permission };
      await done(admin.call('POST', '/api/3.0/mlflow/users/permissions/grant', body));
    },
    pass: (ms) => {
      time += ms;
    },
  };
}

async function done(call: ReturnType<Client['call']>) {
  const answer = await call;
  if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}
