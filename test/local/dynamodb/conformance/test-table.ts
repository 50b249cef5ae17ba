import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;
export type Key = Readonly<{ pk: AttributeValue; sk: AttributeValue }>;

/** A table as Tracklet's, on an engine under test. */
export interface TestTable {
  readonly client: DynamoDBClient;
  readonly name: string;
  /** A partition that no other test uses. */
  newPk(): string;
  put(item: Item): Promise<void>;
  get(key: Key): Promise<Item | undefined>;
}

/** A client of the engine at this address; it never retries, so that a test sees each answer. */
export const connect = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

/** Creates a table with string keys `pk` and `sk`, paid per request. */
export const createTable = async (client: DynamoDBClient, name: string): Promise<void> => {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 0.01, maxDelay: 0.1 }, { TableName: name });
};

/** Connects and creates the table that a suite shares. */
export const openTestTable = async (endpoint: string): Promise<TestTable> => {
  const client = connect(endpoint);
  const name = 'conformance';
  await createTable(client, name);
  let partitions = 0;
  return {
    client,
    name,
    newPk: () => {
      partitions += 1;
      return `partition-${partitions}`;
    },
    put: async (item) => {
      await client.send(new PutItemCommand({ TableName: name, Item: item }));
    },
    get: async (key) => {
      const { Item } = await client.send(new GetItemCommand({ TableName: name, Key: key, ConsistentRead: true }));
      return Item;
    },
  };
};

/** Attribute values and keys in one word. */
export const s = (value: string): AttributeValue => ({ S: value });
export const n = (value: number | string): AttributeValue => ({ N: String(value) });
export const b = (...bytes: readonly number[]): AttributeValue => ({ B: Uint8Array.from(bytes) });
export const keyOf = (pk: string, sk: string): Key => ({ pk: s(pk), sk: s(sk) });

/** The numbers from 0 to count - 1. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
