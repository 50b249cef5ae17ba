import { createHash, randomUUID } from 'node:crypto';
import { type DynamoDBClient, type DynamoDBClientConfig, ScanCommand } from '@aws-sdk/client-dynamodb';
import { random, randomHex, sleep } from '../../functions/platform/system.ts';
import { createDynamoStore } from '../../functions/store/dynamo/index.ts';
import type { Key } from '../../functions/store/dynamo/keys.ts';
import { type Item, keyOf } from '../../functions/store/dynamo/table.ts';
import type { Store } from '../../functions/store/store.ts';
import { createTable } from '../local/dynamodb/conformance/test-table.ts';

/** How to reach an engine; keys and region are made up. */
export const connectionTo = (endpoint: string): DynamoDBClientConfig => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

let ids = 0;

/** Ids that sort by their making even within a millisecond: what was first must not be chance. */
const nextId = (): string => {
  ids += 1;
  return String(ids).padStart(32, '0');
};

/** A store over `client` as the services wire it, with nothing remembered from another one on the same table. */
export const openStore = (client: DynamoDBClient, tableName: string, hex = randomHex): Store =>
  createDynamoStore({
    client,
    tableName,
    sleep,
    random,
    randomHex: hex,
    newSortableId: nextId,
    defaultExperiment: { name: 'Default', locationOf: (id) => `s3://root/${id}`, tags: new Map(), now: 1 },
  });

/** A store on a table of its own. */
export interface TestStore {
  readonly store: Store;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Another process on the same table. */
  readonly reopen: () => Store;
  /** What the table holds, an item a line: its key and a hash of all of it. */
  readonly snapshot: () => Promise<readonly string[]>;
  readonly keys: () => Promise<readonly Key[]>;
}

/** Makes a table with a name of its own and opens a store on it. */
export async function openTestStore(client: DynamoDBClient): Promise<TestStore> {
  const tableName = `t-${randomUUID()}`;
  await createTable(client, tableName);
  const items = () => scanAll(client, tableName);
  const snapshot = async () => (await items()).map(lineOf).toSorted();
  return {
    store: openStore(client, tableName),
    client,
    tableName,
    reopen: () => openStore(client, tableName),
    snapshot,
    keys: async () => (await items()).map(keyOf),
  };
}

function lineOf(item: Item): string {
  const { pk, sk } = keyOf(item);
  const attributes = Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const asText = (_: string, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  return `${pk} ${sk} ${createHash('sha256').update(JSON.stringify(attributes, asText)).digest('hex')}`;
}

/** All items of a table. */
async function scanAll(client: DynamoDBClient, tableName: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: start && { ...start } }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}
