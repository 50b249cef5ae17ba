import type { Services } from '../api/operation.ts';
import { bucketRootOf } from '../artifacts/artifact-key.ts';
import { createPageTokens } from '../domain/page-token.ts';
import { appendToUriPath } from '../domain/uri.ts';
import type { Meter } from '../platform/meter.ts';
import { hmacSha256, newSortableId, now, random, randomHex, sleep } from '../platform/system.ts';
import type { SegmentFiles } from '../store/archive/segment-files.ts';
import type { QuietTimes } from '../store/archive/upkeep.ts';
import { createDynamoStore, type DynamoStore, type DynamoStoreProps } from '../store/dynamo/index.ts';
import type { OpenRegistry } from '../store/dynamo/registry.ts';
import { connectDynamo } from './connect-dynamo.ts';
import type { Connections } from './connections.ts';
import type { StoreEnvironment } from './env.ts';
import { once } from './once.ts';

/** What a process may want to be different. */
export interface CoreOptions
  extends Partial<
    Pick<DynamoStoreProps, 'quietTimes' | 'onRunWritten' | 'hasEventBus' | 'onQueued' | 'onDamaged' | 'clock'>
  > {
  /** Columns of archived runs that are kept in memory, in bytes. */
  readonly maxCacheBytes?: number;
  /** Hears what is sent to the stores; nothing is asked for when there is none. */
  readonly meter?: Meter | undefined;
}

interface CoreProps extends CoreOptions {
  /** Where the segments of archived runs lie. */
  readonly files: SegmentFiles;
  /** The model registry; `absent` for a process that serves nothing of it, in whose bundle its code is then not. */
  readonly openRegistry: OpenRegistry;
}

/** What operations need of the process, but for files, webhooks and garbage collection: parts that not every function has. */
export type CoreServices = Omit<Services, 'artifacts' | 'linksFor' | 'collector' | 'webhooks'>;

/** The store of a process, and what stands on it alone. */
export interface Core extends DynamoStore {
  readonly services: CoreServices;
}

const DEFAULT_EXPERIMENT_NAME = 'Default';

/** On AWS, where writes are noted up to five minutes late, and a move costs ten write units. */
export const QUIET_TIMES: QuietTimes = {
  over: 6 * 60_000,
  open: 24 * 3_600_000,
  openInCrowd: 10 * 60_000,
  crowd: 500,
  busy: 0,
};
/** The columns that searches of a million runs use, several times over. */
const MAX_CACHE_BYTES = 500_000_000;

/** Wires the store: clients are made once per process. */
export function createCore(
  { tableName, bucketName, artifactRoot }: StoreEnvironment,
  { dynamodb, isOnlyWriter, lateWrites }: Pick<Connections, 'dynamodb' | 'isOnlyWriter' | 'lateWrites'>,
  { meter, ...options }: CoreProps,
): Core {
  const locationOf = (experimentId: string) => appendToUriPath(artifactRoot, experimentId);
  const opened = createDynamoStore({
    client: connectDynamo(dynamodb, meter),
    tableName,
    sleep,
    random,
    randomHex,
    newSortableId,
    quietTimes: QUIET_TIMES,
    maxCacheBytes: MAX_CACHE_BYTES,
    onDamaged: () => undefined,
    clock: now,
    ...options,
    defaultExperiment: { name: DEFAULT_EXPERIMENT_NAME, locationOf, tags: new Map<string, string>(), now: now() },
    isOnlyWriter,
    lateWrites,
  });
  const { store } = opened;
  const pageSecret = once(() => store.getSecret('page-token'));
  const services: CoreServices = {
    store,
    bucketRoot: bucketRootOf(bucketName),
    downloads: 'stream',
    maxUploadBytes: Number.POSITIVE_INFINITY,
    tokens: createPageTokens(async (text) => hmacSha256(await pageSecret(), text)),
    clock: now,
    random,
    artifactRoot,
    maxPageBytes: Number.POSITIVE_INFINITY,
  };
  return { ...opened, services };
}
