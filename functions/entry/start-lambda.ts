import type { Context } from 'aws-lambda';
import type { APIGatewayProxyResult } from 'hono/aws-lambda';
import type { Operation, Services } from '../api/operation.ts';
import type { Meter } from '../platform/meter.ts';
import { now } from '../platform/system.ts';
import { absent, noFiles, noRegistry } from './absent.ts';
import { readAccessEnvironment } from './access-environment.ts';
import { cacheBytesOnAws } from './cache-on-aws.ts';
import type { Connections } from './connections.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { type Core, type CoreServices, createCore } from './core.ts';
import { type FunctionEnvironment, OPTIONAL_ENV, readEnvironment } from './env.ts';
import { openGuard } from './guard.ts';
import { keepTokenKey } from './kept-token-key.ts';
import { createLambdaApp, type HttpApiEvent } from './lambda-app.ts';
import { createLambdaLog, type LambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { damageNoter } from './note-damage.ts';
import { type OpenProviderOnAws, tokensOfProvider } from './provider-on-aws.ts';
import { redactOnAws } from './redact-on-aws.ts';
import { secretsOnAws } from './secrets-on-aws.ts';
import type { SigningKey } from './token-codec.ts';

/** What an entry exports for Lambda to call. */
export type LambdaHandler = (event: HttpApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** What an entry makes its services of. */
export interface LambdaProcess extends Pick<FunctionEnvironment, 'bucketName'> {
  readonly connections: Connections;
  readonly meter: Meter | undefined;
  readonly report: LambdaLog['report'];
  /** Opens the store: without files for those that never search archived runs, without the registry for those that never ask it. */
  readonly openCore: (parts: Partial<StoreParts>) => Core;
  /** The key that signs tokens; rejects where users do not sign in. */
  readonly tokenKey: (wantedKeyId?: string) => Promise<SigningKey>;
}

type StoreParts = Pick<Parameters<typeof createCore>[2], 'files' | 'openRegistry'>;

/** Services that not every function has. */
type Parts = Omit<Services, keyof CoreServices>;

/** The core of a function, and the parts that its operations ask for. */
interface LambdaServices {
  readonly core: Core;
  readonly parts: Partial<Parts>;
}

/**
 * Wires one function: its operations, the services that its entry opens for them, its log. Throws when a variable of the
 * environment is missing or wrong.
 */
export function startLambda(
  serviceName: string,
  operations: readonly Operation[],
  open: (process: LambdaProcess) => LambdaServices,
  openProvider: OpenProviderOnAws = tokensOfProvider,
): LambdaHandler {
  const log = createLambdaLog(serviceName);
  const environment = readEnvironment(process.env);
  const connections = connectionsOnAws(process.env);
  const { meter, requests } = meteringOnAws(environment.costReport, log.tellCost);
  const { report, tell } = log;
  const { users, redaction } = readAccessEnvironment(process.env);
  const readSecret = secretsOnAws(process.env);
  const tokenKey = keepTokenKey({
    read: async () => readSecret(users?.tokenKeySecret ?? fail('users do not sign in here')),
    clock: now,
    report,
  });
  const openCore = ({ files = noFiles, openRegistry = noRegistry }: Partial<StoreParts>): Core => {
    const maxCacheBytes = cacheBytesOnAws(process.env);
    const onDamaged = damageNoter(() => opened.workList, report);
    const hasEventBus = Boolean(process.env[OPTIONAL_ENV.eventBus]);
    const opened = createCore(environment, connections, {
      meter,
      maxCacheBytes,
      hasEventBus,
      onDamaged,
      files,
      openRegistry,
    });
    return opened;
  };
  const { core, parts } = open({ bucketName: environment.bucketName, connections, meter, report, openCore, tokenKey });
  const services: Services = {
    artifacts: absent('artifacts'),
    linksFor: absent('links'),
    collector: absent('collector'),
    webhooks: absent('webhooks'),
    ...core.services,
    ...parts,
    redact: redactOnAws(redaction, tell),
  };
  const guarding =
    users &&
    openGuard({
      identityStore: core.identity,
      tokenKey,
      defaultPermission: users.defaultPermission,
      openOidc: users.oidc && openProvider(users.oidc, readSecret),
      publicOrigin: users.publicOrigin,
      clock: now,
      auditTo: report,
    });
  const guarded = { ...services, identity: guarding?.identity };
  const app = createLambdaApp(operations, guarded, { report, meter: requests }, guarding?.guard);
  return (event, context) => {
    log.follow(context, event.requestContext.requestId);
    return app(event);
  };
}

function fail(why: string): never {
  throw new Error(why);
}
