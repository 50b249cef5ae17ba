import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { proxiedPath } from '../api/artifacts/proxied-path.ts';
import type { Services } from '../api/operation.ts';
import { bucketRootOf } from '../artifacts/artifact-key.ts';
import { type Collector, createCollector } from '../artifacts/gc/collector.ts';
import { referringVersions } from '../artifacts/gc/referring-versions.ts';
import { createS3StoredFiles } from '../artifacts/gc/s3-stored-files.ts';
import { meterS3 } from '../artifacts/meter-s3.ts';
import { createS3ArtifactLinks } from '../artifacts/s3-artifact-links.ts';
import { createS3ArtifactStore } from '../artifacts/s3-artifact-store.ts';
import { createPageTokens } from '../domain/page-token.ts';
import { appendToUriPath } from '../domain/uri.ts';
import type { Meter } from '../platform/meter.ts';
import { createSecretBox } from '../platform/secret-box.ts';
import { hmacSha256, newSortableId, newUuid, now, random, randomHex, sleep } from '../platform/system.ts';
import { createS3SegmentFiles } from '../store/archive/s3-segment-files.ts';
import type { QuietTimes, Upkeep } from '../store/archive/upkeep.ts';
import type { WorkList } from '../store/archive/work-list.ts';
import { createDynamoStore, type DynamoStoreProps } from '../store/dynamo/index.ts';
import type { IdentityStore } from '../store/identity-store.ts';
import { createDeliverer, type Deliverer } from '../webhooks/deliverer.ts';
import { WEBHOOK_DEFAULTS, type WebhookSettings } from '../webhooks/settings.ts';
import { createWebhooks } from '../webhooks/webhooks.ts';
import { connectDynamo, type DynamoConnection } from './connect-dynamo.ts';
import { createSigners } from './create-signers.ts';
import type { StoreEnvironment } from './env.ts';

/** Where the clients connect: AWS on Lambda, the embedded stores on a laptop. */
export interface Connections {
  readonly dynamodb: DynamoConnection;
  readonly s3: S3ClientConfig;
  /** Where a caller that reached us at `origin` finds the same S3; undefined: where we do, as on AWS. */
  readonly s3EndpointFor?: ((origin: string) => string) | undefined;
  /** Whether no other process writes to these stores. */
  readonly isOnlyWriter: boolean;
}

const DEFAULT_EXPERIMENT_NAME = 'Default';
/** Beyond the SDK's default of 3: throttling and passing errors are carried over by the SDK's own jittered backoff. */
const MAX_ATTEMPTS = 8;

/** What a process serves with, and what it may do beside that. */
export interface Backend {
  readonly services: Services;
  readonly identity: IdentityStore;
  readonly upkeep: Upkeep;
  readonly workList: WorkList;
  readonly deliverer: Deliverer;
}

/** What a process may want to be different. */
export interface BackendOptions
  extends Partial<Pick<DynamoStoreProps, 'quietTimes' | 'onRunWritten' | 'onQueued' | 'onDamaged' | 'clock'>> {
  /** Columns of archived runs that are kept in memory, in bytes. */
  readonly maxCacheBytes?: number;
  /** Hears what is sent to the stores; nothing is asked for when there is none. */
  readonly meter?: Meter | undefined;
  /** @default MLflow's */
  readonly webhookSettings?: WebhookSettings | undefined;
  /** Hears of what failed and was answered as a part of a report. */
  readonly onFailure?: (message: string, cause: unknown) => void;
}

/** On AWS, where writes are noted up to five minutes late, and a move costs ten write units. */
export const QUIET_TIMES: QuietTimes = {
  over: 6 * 60_000,
  open: 24 * 3_600_000,
  openInCrowd: 10 * 60_000,
  crowd: 500,
};
/** The columns that searches of a million runs use, several times over. */
const MAX_CACHE_BYTES = 500_000_000;

/** How a backend is made. */
export type CreateBackend = (
  environment: StoreEnvironment,
  connections: Connections,
  options?: BackendOptions,
) => Backend;

/** Wires the services of all operations: clients are made once per process. */
export const createBackend: CreateBackend = (environment, connections, options = {}) => {
  const { backend, removals, s3 } = wire(environment, connections, options);
  const { store, bucketRoot } = backend.services;
  const collector = createCollector({
    store,
    removals,
    files: createS3StoredFiles(s3, environment.bucketName),
    pathOf: (artifactUri) => proxiedPath(artifactUri, bucketRoot),
    isReferredTo: referringVersions(store),
    onFailure: options.onFailure ?? ignore,
  });
  return { ...backend, services: { ...backend.services, collector } };
};

/** The same without garbage collection, which functions that serve no such operation need not carry. */
export const createLeanBackend: CreateBackend = (environment, connections, options = {}) =>
  wire(environment, connections, options).backend;

const NO_COLLECTOR: Collector = {
  collect: () => Promise.reject(new Error('this function collects no garbage')),
};

const ignore = () => undefined;

function wire(
  environment: StoreEnvironment,
  connections: Connections,
  { meter, onFailure = ignore, webhookSettings: settings = WEBHOOK_DEFAULTS, ...options }: BackendOptions,
) {
  const { tableName, bucketName, artifactRoot } = environment;
  const client = connectDynamo(connections.dynamodb, meter);
  const s3 = new S3Client({
    maxAttempts: MAX_ATTEMPTS,
    // With a stream the SDK would wrap the body in chunks to add a checksum at its end.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...connections.s3,
  });
  if (meter) meterS3(s3, meter.record);
  const locationOf = (experimentId: string) => appendToUriPath(artifactRoot, experimentId);
  const defaultExperiment = { name: DEFAULT_EXPERIMENT_NAME, locationOf, tags: new Map<string, string>(), now: now() };
  const platform = { sleep, random, randomHex, newSortableId };
  const { store, identity, upkeep, workList, removals } = createDynamoStore({
    client,
    tableName,
    ...platform,
    quietTimes: QUIET_TIMES,
    maxCacheBytes: MAX_CACHE_BYTES,
    onDamaged: () => undefined,
    clock: now,
    ...options,
    files: createS3SegmentFiles(s3, bucketName),
    defaultExperiment,
    isOnlyWriter: connections.isOnlyWriter,
  });
  const pageSecret = once(() => store.getSecret('page-token'));
  const webhookSecret = once(() => store.getSecret('webhook-secrets'));
  const secretBox = createSecretBox(async () => settings.encryptionKey ?? webhookSecret());
  const webhooks = createWebhooks({ settings, secretBox, newUuid, clock: now });
  const { send, openSecret } = webhooks;
  const deliverer = createDeliverer({ store, send, settings, openSecret, clock: now, random, report: onFailure });
  const signerFor = createSigners(connections);
  const bucketRoot = bucketRootOf(bucketName);
  const services: Services = {
    store,
    artifacts: createS3ArtifactStore(s3, bucketName),
    bucketRoot,
    linksFor: (origin) => createS3ArtifactLinks({ client: s3, signer: signerFor(origin), bucket: bucketName }),
    downloads: 'stream',
    maxUploadBytes: Number.POSITIVE_INFINITY,
    collector: NO_COLLECTOR,
    webhooks,
    tokens: createPageTokens(async (text) => hmacSha256(await pageSecret(), text)),
    clock: now,
    random,
    artifactRoot,
    maxPageBytes: Number.POSITIVE_INFINITY,
  };
  const backend: Backend = { services, identity, upkeep, workList, deliverer };
  return { backend, removals, s3 };
}

/** Asks once and keeps the answer; a failure is asked again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
