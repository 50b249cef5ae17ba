import { randomUUID } from 'node:crypto';
import { DynamoDBClient, type DynamoDBClientConfig, ScanCommand } from '@aws-sdk/client-dynamodb';
import { newSortableId, random, randomHex, sleep } from '../../functions/platform/system.ts';
import { createDynamoStore } from '../../functions/store/dynamo/index.ts';
import type { Key } from '../../functions/store/dynamo/keys.ts';
import { type Item, keyOf } from '../../functions/store/dynamo/table.ts';
import type { Store } from '../../functions/store/store.ts';
import { createTable } from '../../local/create-table.ts';

/** How to reach an engine; keys and region are made up. */
export const connectionTo = (endpoint: string): DynamoDBClientConfig => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** A store over `client` as the services wire it, with nothing remembered from another one on the same table. */
export const openStore = (client: DynamoDBClient, tableName: string): Store =>
  createDynamoStore({
    client,
    tableName,
    sleep,
    random,
    randomHex,
    newSortableId,
    defaultExperiment: { name: 'Default', locationOf: (id) => `s3://root/${id}`, tags: new Map(), now: 1 },
  });

/** A store on a table of its own. */
export interface TestStore {
  readonly store: Store;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Another process on the same table. */
  readonly reopen: () => Store;
  readonly items: () => Promise<readonly Item[]>;
  readonly keys: () => Promise<readonly Key[]>;
}

/** Makes a table with a name of its own and opens a store on it. */
export async function openTestStore(client: DynamoDBClient): Promise<TestStore> {
  const tableName = `t-${randomUUID()}`;
  await createTable(client, tableName);
  const items = () => scanAll(client, tableName);
  return {
    store: openStore(client, tableName),
    client,
    tableName,
    reopen: () => openStore(client, tableName),
    items,
    keys: async () => (await items()).map(keyOf),
  };
}

export async function scanAll(client: DynamoDBClient, tableName: string): Promise<readonly Item[]> {
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
