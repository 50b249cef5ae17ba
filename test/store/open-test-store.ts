import { createHash, randomUUID } from 'node:crypto';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { now, random, randomHex, sleep } from '../../functions/platform/system.ts';
import type { SegmentFiles } from '../../functions/store/archive/segment-files.ts';
import type { Upkeep } from '../../functions/store/archive/upkeep.ts';
import type { WorkList } from '../../functions/store/archive/work-list.ts';
import { createDynamoClient } from '../../functions/store/dynamo/client/create-dynamo-client.ts';
import { createHttpPost, type HttpPost } from '../../functions/store/dynamo/client/http-post.ts';
import type { DynamoClient } from '../../functions/store/dynamo/client/operations.ts';
import { createDynamoStore, type DynamoStore } from '../../functions/store/dynamo/index.ts';
import { appliedKey, type Key } from '../../functions/store/dynamo/keys.ts';
import type { WriteLateProps } from '../../functions/store/dynamo/only-writer/write-late.ts';
import { openRegistry } from '../../functions/store/dynamo/registry.ts';
import { type Item, keyOf } from '../../functions/store/dynamo/table.ts';
import type { IdentityStore } from '../../functions/store/identity-store.ts';
import type { Removals } from '../../functions/store/removals.ts';
import type { Store } from '../../functions/store/store.ts';
import { createTable } from '../local/dynamodb/conformance/test-table.ts';
import { memoryFilesOf } from './memory-segment-files.ts';

/** How to reach an engine; keys and region are made up. All clients of a connection share its sockets. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly post: HttpPost;
}

const TIMEOUT_MS = 20_000;

export const connectionTo = (endpoint: string): Connection => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  post: createHttpPost(new URL(endpoint), TIMEOUT_MS),
});

/** Our client as the services make it, but for its pauses between tries, which take no time. */
export const openClient = ({ credentials, ...connection }: Connection): DynamoClient =>
  createDynamoClient({
    ...connection,
    credentials: () => credentials,
    clock: now,
    sleep: () => Promise.resolve(),
    random,
    randomHex,
  });

/** AWS's client, for what ours does not do: making tables and looking at all that is in them. */
export const openSdkClient = ({ endpoint, region, credentials }: Connection): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region, credentials });

let ids = 0;

/** Ids that sort by their making even within a millisecond: what was first must not be chance. */
const nextId = (): string => {
  ids += 1;
  return String(ids).padStart(32, '0');
};

/** How a store is wired. */
export interface StoreOptions {
  readonly hex?: (digits: number) => string;
  /** As on a laptop: then no two stores of a test may write to the same things. */
  readonly isOnlyWriter?: boolean;
  readonly lateWrites?: WriteLateProps;
  readonly hasEventBus?: boolean;
  readonly files?: SegmentFiles;
  readonly clock?: () => number;
}

/** A store over `client` as the services wire it, with nothing remembered from another one on the same table. */
export const openStore = (client: DynamoClient, tableName: string, options: StoreOptions = {}): Store =>
  openWithUpkeep(client, tableName, options).store;

/** The same, with what is done beside the requests. */
export const openWithUpkeep = (
  client: DynamoClient,
  tableName: string,
  {
    hex = randomHex,
    files = memoryFilesOf(tableName),
    isOnlyWriter = false,
    lateWrites,
    hasEventBus = false,
    clock = now,
  }: StoreOptions = {},
): DynamoStore =>
  createDynamoStore({
    openRegistry,
    client,
    tableName,
    sleep,
    random,
    randomHex: hex,
    newSortableId: nextId,
    defaultExperiment: { name: 'Default', locationOf: (id) => `s3://root/${id}`, tags: new Map(), now: 1 },
    isOnlyWriter,
    lateWrites,
    hasEventBus,
    files,
    clock,
    quietTimes: { over: 0, open: 0, openInCrowd: 0, crowd: 0, busy: 0 },
    maxCacheBytes: 50_000_000,
    onDamaged: () => undefined,
  });

/** A store on a table of its own. */
export interface TestStore {
  readonly store: Store;
  readonly upkeep: Upkeep;
  readonly workList: WorkList;
  readonly removals: Removals;
  readonly identity: IdentityStore;
  readonly client: DynamoClient;
  readonly tableName: string;
  /** Another process on the same table; where writes go there late, the only one there may be. */
  readonly reopen: () => Store;
  /** Whoever else may write to the table: another process, or this one where it is the only writer. */
  readonly another: () => Store;
  /** What the table holds, an item a line: its key and a hash of all of it. */
  readonly snapshot: () => Promise<readonly string[]>;
  readonly keys: () => Promise<readonly Key[]>;
  readonly items: () => Promise<readonly Item[]>;
}

/** Makes a table with a name of its own and opens a store on it. */
export async function openTestStore(
  connection: Connection,
  sdk: DynamoDBClient,
  options: StoreOptions = {},
): Promise<TestStore> {
  const tableName = `t-${randomUUID()}`;
  await createTable(sdk, tableName);
  const client = openClient(connection);
  const opened = openWithUpkeep(client, tableName, options);
  const items = async () => {
    await opened.settle();
    return (await scanAll(sdk, tableName)).filter((item) => keyOf(item).pk !== appliedKey.pk);
  };
  const snapshot = async () => (await items()).map(lineOf).toSorted();
  return {
    ...opened,
    another: () => (options.isOnlyWriter ? opened.store : openStore(client, tableName, options)),
    client,
    tableName,
    reopen: () => (options.lateWrites ? opened.store : openStore(client, tableName, options)),
    snapshot,
    items,
    keys: async () => (await items()).map(keyOf),
  };
}

const SYNCHRONOUS: ReadonlySet<string | symbol> = new Set(['experimentOf', 'newRunId', 'newModelId']);

/** A store that is still being opened: what asks the table waits for it, the rest is as `sample` does it. */
export const promisedStore = (sample: Store, opening: Promise<Store>): Store => {
  const store: Promise<Readonly<Record<string | symbol, unknown>>> = opening.then((opened) => ({ ...opened }));
  return new Proxy(sample, {
    get: (_, name) => {
      if (SYNCHRONOUS.has(name)) return Reflect.get(sample, name);
      return async (...input: readonly unknown[]) => {
        const verb = (await store)[name];
        if (typeof verb !== 'function') throw new Error(`A store has no verb ${String(name)}`);
        return verb(...input);
      };
    },
  });
};

function lineOf(item: Item): string {
  const { pk, sk } = keyOf(item);
  const attributes = Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const asText = (_: string, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  return `${pk} ${sk} ${createHash('sha256').update(JSON.stringify(attributes, asText)).digest('hex')}`;
}

/** All items of a table. */
export async function scanAll(sdk: DynamoDBClient, tableName: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await sdk.send(
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: start && { ...start } }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}
