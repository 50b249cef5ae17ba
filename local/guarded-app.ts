import type { Hono } from 'hono';
import { makeFirstAdmin } from '../functions/api/identity/first-admin.ts';
import type { Identity } from '../functions/api/identity/identity.ts';
import { identityOperations, operations } from '../functions/api/index.ts';
import type { Services } from '../functions/api/operation.ts';
import { MlflowError } from '../functions/domain/errors.ts';
import { openGuard } from '../functions/entry/guard.ts';
import { openOidcWith } from '../functions/entry/open-oidc.ts';
import { createApp, type Listeners } from '../functions/http/app.ts';
import { randomHex } from '../functions/platform/system.ts';
import type { IdentityStore } from '../functions/store/identity-store.ts';
import { CommandError } from './command-error.ts';
import { auditFiles, type OnAnswered } from './front/audit-files.ts';
import type { KeyValues } from './front/edge-function.ts';
import { keyValuesOfUsers } from './front/key-values-of-users.ts';
import { loadKey, makeKey } from './key-file.ts';
import type { ServedOidc } from './oidc-options.ts';
import { openProvider } from './open-provider.ts';
import type { ServeOptions } from './serve-options.ts';

interface GuardedAppProps {
  readonly services: Services;
  readonly identityStore: IdentityStore;
  readonly listeners: Listeners;
  readonly options: Pick<ServeOptions, 'defaultPermission' | 'dataDir' | 'oidc' | 'publicOrigin'>;
}

/** The app of a server, and what its front reads and tells. */
export interface ServedApp {
  readonly app: Hono;
  readonly keyValues: KeyValues;
  readonly onAnswered: OnAnswered | undefined;
}

/** Opens a server where users sign in; makes its first admin, and tells of a password that it made. */
export async function createGuardedApp({
  services,
  identityStore,
  listeners,
  options,
}: GuardedAppProps): Promise<ServedApp> {
  // The one that `tracklet token` signs with; of a server that keeps nothing, no other process has it.
  const key = options.dataDir === undefined ? makeKey() : loadKey(options.dataDir, 'token-key');
  const { guard, identity, holdsAll } = openGuard({
    tokenKey: async () => key,
    identityStore,
    defaultPermission: options.defaultPermission,
    clock: services.clock,
    auditTo: listeners.report,
    openOidc: options.oidc && openOidcWith(await openProvider(options.oidc)),
    publicOrigin: options.publicOrigin,
  });
  // Whoever signs in at a provider could do nothing with its password.
  await (options.oidc ? tellWithoutAdmin(identity, options.oidc) : ensureAdmin(identity));
  return {
    app: createApp([...operations, ...identityOperations], { ...services, identity }, listeners, guard),
    keyValues: keyValuesOfUsers(key, holdsAll),
    onAnswered: guard.auditor && auditFiles({ ...listeners, auditor: guard.auditor, codec: identity.codec }),
  };
}

async function ensureAdmin(identity: Identity): Promise<void> {
  const { TRACKLET_ADMIN_USERNAME: username, TRACKLET_ADMIN_PASSWORD: password } = process.env;
  const made = await makeFirstAdmin(identity, { username, password }, () => randomHex(24)).catch(tellOperator);
  if (made) console.log(tellOf(made.username, made.madePassword));
}

async function tellWithoutAdmin({ store }: Identity, { adminGroup }: ServedOidc): Promise<void> {
  if (adminGroup !== undefined || process.env.TRACKLET_ADMIN_USERNAME) return;
  if ((await store.listUsers()).some(({ isAdmin }) => isAdmin)) return;
  console.error('Nobody is an admin yet: give --oidc-admin-group, or a name in TRACKLET_ADMIN_USERNAME.');
}

const tellOf = (username: string, madePassword: string | undefined): string =>
  madePassword === undefined
    ? `Made the admin '${username}' with the password of TRACKLET_ADMIN_PASSWORD.`
    : `Made the admin '${username}' with the password ${madePassword} - it is shown this once.`;

function tellOperator(error: unknown): never {
  if (!(error instanceof MlflowError)) throw error;
  throw new CommandError(
    `the first admin cannot be made: ${error.message} See TRACKLET_ADMIN_USERNAME and TRACKLET_ADMIN_PASSWORD.`,
    1,
  );
}
