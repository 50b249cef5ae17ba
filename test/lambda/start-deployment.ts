import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { type EmbeddedStores, startStores } from '../../local/stores.ts';
import { type EventParts, httpApiEvent } from '../entry/http-api-event.ts';
import { type DeployedFunction, deployedFunctions } from '../infra/deployed-functions.ts';
import { bundleFunction } from '../support/bundle-function.ts';
import type { LambdaRuntime } from './find-runtime.ts';
import { openRoleGate, type RoleGate } from './role-gate.ts';
import type { Outcome } from './runtime-api.ts';
import { type RunningFunction, startFunction } from './start-function.ts';

/** A function under its role. */
export interface GuardedFunction extends RunningFunction {
  readonly deployed: DeployedFunction;
  readonly gate: RoleGate;
}

/** What the gateway would send to its client. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** The functions of a deployment over embedded stores. */
export interface Deployment {
  readonly stores: EmbeddedStores;
  readonly password: string;
  /** Starts the function once; gives it again after that. */
  readonly start: (service: string) => Promise<GuardedFunction>;
  readonly started: () => readonly GuardedFunction[];
  /** Sends a request through the gateway to a function. */
  readonly ask: (service: string, parts: EventParts) => Promise<GatewayAnswer>;
  readonly stop: () => Promise<void>;
}

const PASSWORD = 'canary-password-of-the-deployment';

/** Bundles the functions of the deployment with `settings`, each as it is first started; `extra` are variables of one beside its own. */
export async function startDeployment(
  runtime: LambdaRuntime,
  settings: Readonly<Record<string, unknown>>,
  extra: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<Deployment> {
  const functions = deployedFunctions(settings);
  const folder = await mkdtemp(join(tmpdir(), 'tracklet-functions-'));
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  // The embedded S3 checks signatures, DynamoDB takes any.
  const credentials = await new S3Client(stores.connections.s3).config.credentials();
  const starting = new Map<string, Promise<GuardedFunction>>();
  const running: GuardedFunction[] = [];

  const open = async (service: string): Promise<GuardedFunction> => {
    const deployed = functions.find((one) => one.service === service);
    if (!deployed) throw new Error(`No function is called ${service}`);
    const { variables, statements, entry, memoryMb, timeoutMs } = deployed;
    const { TRACKLET_TABLE: table = '', TRACKLET_BUCKET: bucket = '' } = variables;
    const secrets = Object.values(variables).filter((value) => value.includes('.Secrets'));
    const gate = await openRoleGate({
      statements,
      arns: { table: `arn:${table}`, bucket: `arn:${bucket}` },
      stores,
      secrets: new Map(secrets.map((arn) => [arn, arn.includes('AdminPassword') ? PASSWORD : 'canary-key-that-signs'])),
    });
    const environment = {
      ...variables,
      ...extra[service],
      TRACKLET_TABLE: stores.tableName,
      TRACKLET_BUCKET: stores.bucketName,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL: gate.url,
    };
    const { file: bundle } = await bundleFunction(entry, folder);
    const started = await startFunction(runtime, { bundle, memoryMb, timeoutMs, environment });
    const guarded = { ...started, deployed, gate };
    running.push(guarded);
    return guarded;
  };
  const start = (service: string): Promise<GuardedFunction> => {
    const known = starting.get(service) ?? open(service);
    starting.set(service, known);
    return known;
  };

  return {
    stores,
    password: PASSWORD,
    start,
    started: () => running,
    ask: async (service, parts) => answerOf(await (await start(service)).invoke(httpApiEvent(parts))),
    stop: async () => {
      await Promise.allSettled(starting.values());
      await Promise.all(running.flatMap(({ stop, gate }) => [stop(), gate.close()]));
      await stores.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** As HTTP APIs take an answer of payload format 2.0. */
function answerOf(outcome: Outcome): GatewayAnswer {
  if (outcome.kind === 'error') throw new Error(`The function failed: ${JSON.stringify(outcome.payload)}`);
  // What a function gives to its gateway.
  const { statusCode, headers, cookies = [], body, isBase64Encoded } = outcome.payload as ProxyResult;
  return { status: statusCode, headers, cookies, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}
