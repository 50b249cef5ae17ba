import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { bucketRootOf } from '../functions/artifacts/artifact-key.ts';
import { connectDynamo, type DynamoConnection } from '../functions/entry/connect-dynamo.ts';
import type { Connections } from '../functions/entry/connections.ts';
import { errorText } from '../functions/platform/describe-error.ts';
import { random, randomHex, sleep } from '../functions/platform/system.ts';
import { combineAppended } from '../functions/store/dynamo/metrics/appended-items.ts';
import { bringIn } from '../functions/store/dynamo/only-writer/bring-in.ts';
import type { WriteJournal } from '../functions/store/dynamo/only-writer/write-journal.ts';
import { createRetry } from '../functions/store/dynamo/retry.ts';
import { openTable } from '../functions/store/dynamo/table.ts';
import { createTable } from './create-table.ts';
import type { EngineName } from './dynamodb/engine.ts';
import { startDynamoDb } from './dynamodb/index.ts';
import { MEMORY_JOURNAL, openWriteJournal } from './dynamodb/write-journal.ts';
import { loadKey } from './key-file.ts';
import { type S3Handle, startS3 } from './s3/index.ts';
import type { ArtifactAccess } from './serve-options.ts';

/** The embedded stores, running: what AWS is on AWS. */
export interface EmbeddedStores {
  readonly connections: Connections;
  /** The embedded S3 as an origin in this process. */
  readonly s3: S3Origin;
  readonly tableName: string;
  readonly bucketName: string;
  /** Where a new experiment's artifacts go, as clients see it: through the server (MLflow: --serve-artifacts), or to S3. */
  readonly artifactRoot: string;
  /** What a client needs in its environment to open artifacts by itself: S3 behind the server's URL, and what to sign with. */
  readonly clientVariables: (url: string) => Readonly<Record<string, string>>;
  /** Resolves only when a store dies by itself. */
  readonly failed: Promise<Error>;
  readonly stop: () => Promise<void>;
}

/** A bucket, and how to send a signed request to it without a connection. */
export interface S3Origin extends Pick<S3Handle, 'respond'> {
  readonly bucketName: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface StoresProps {
  /** Undefined keeps metadata in memory and artifacts in a temporary folder, which `stop` removes. */
  readonly dataDir: string | undefined;
  readonly engine: EngineName | undefined;
  /** @default 'proxied' */
  readonly artifactAccess?: ArtifactAccess;
  readonly log: (line: string) => void;
}

const TABLE = 'tracklet';
const BUCKET = 'tracklet-artifacts';
const REGION = 'us-east-1';
/** The embedded DynamoDB listens on the loopback address alone; these keep other programs from mixing in by mistake. */
const CREDENTIALS = { accessKeyId: 'tracklet', secretAccessKey: 'tracklet' };

/** Starts the embedded DynamoDB and S3 side by side and makes the table. */
export async function startStores({ dataDir, engine, artifactAccess, log }: StoresProps): Promise<EmbeddedStores> {
  const artifactDir = dataDir === undefined ? await mkdtemp(join(tmpdir(), 'tracklet-')) : join(dataDir, 'artifacts');
  // The front lets signed requests in from the network: nobody must guess the secret.
  const secretAccessKey = dataDir === undefined ? randomHex(40) : loadKey(dataDir, 's3-key').secret;
  const credentials = { accessKeyId: 'tracklet', secretAccessKey };
  const [dynamodb, s3] = await allOrNone([
    startDynamoDb({ dataDir, engine, log }),
    startS3({ rootDir: artifactDir, buckets: [BUCKET], credentials, region: REGION }),
  ]);
  const { endpoint, shortcuts } = dynamodb;
  const connection = { region: REGION, credentials: () => CREDENTIALS, endpoint, ...shortcuts };
  await withClient({ region: REGION, credentials: CREDENTIALS, endpoint }, (client) => createTable(client, TABLE));
  const journal = await openJournal(connection, dataDir);
  return {
    connections: {
      dynamodb: connection,
      s3: { region: REGION, credentials, endpoint: s3.endpoint, forcePathStyle: true },
      // The data dir is locked.
      isOnlyWriter: true,
      lateWrites: { journal, report: (message, cause) => log(`error: ${message}: ${errorText(cause)}`) },
    },
    s3: { respond: s3.respond, bucketName: BUCKET, region: REGION, credentials },
    tableName: TABLE,
    bucketName: BUCKET,
    artifactRoot: artifactAccess === 'direct' ? bucketRootOf(BUCKET) : 'mlflow-artifacts:/',
    clientVariables: (url) => ({
      MLFLOW_S3_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_DEFAULT_REGION: REGION,
    }),
    failed: dynamodb.exited,
    stop: async () => {
      await Promise.all([dynamodb.stop(), s3.stop(), journal.close()]);
      if (dataDir === undefined) await rm(artifactDir, { recursive: true, force: true });
    },
  };
}

interface OpenJournal extends WriteJournal {
  readonly close: () => Promise<void>;
}

/** Opens the journal of late writes, when the table has what was in it. */
async function openJournal(connection: DynamoConnection, dataDir: string | undefined): Promise<OpenJournal> {
  if (dataDir === undefined) return { ...MEMORY_JOURNAL, close: () => Promise.resolve() };
  const { entries, ...journal } = await openWriteJournal(join(dataDir, 'writes.journal'));
  const retry = createRetry(sleep, random);
  const table = openTable(connectDynamo(connection, undefined), TABLE, retry);
  const lastNumber = await bringIn({ table, retry, combine: combineAppended }, entries);
  if (entries.length > 0) await journal.replace([]);
  return { ...journal, lastNumber };
}

interface Stoppable {
  readonly stop: () => Promise<void>;
}

/** Waits for all; when one fails, stops those that started, so that the process can end. */
async function allOrNone<T extends readonly Stoppable[]>(
  starting: { readonly [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const outcomes = await Promise.allSettled(starting);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    await Promise.all(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.stop() : undefined)));
    throw failure.reason;
  }
  return Promise.all(starting) as unknown as Promise<T>;
}

async function withClient(config: DynamoDBClientConfig, use: (client: DynamoDBClient) => Promise<void>): Promise<void> {
  const client = new DynamoDBClient(config);
  try {
    await use(client);
  } finally {
    client.destroy();
  }
}
