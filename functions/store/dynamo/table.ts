import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionConflictException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Key, KeyPrefix } from './keys.ts';
import type { Retry } from './retry.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** A condition, in DynamoDB's language, with what its names and values stand for. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
}

/** The single table. Reads are strongly consistent; a failed condition throws the SDK's exception with the old item. */
export interface Table {
  readonly name: string;
  readonly get: (key: Key) => Promise<Item | undefined>;
  /** Gives the items that are there, in no order. */
  readonly getMany: (keys: readonly Key[]) => Promise<readonly Item[]>;
  /** All items of the range, every page of it, by sort key. */
  readonly query: (prefix: KeyPrefix) => Promise<readonly Item[]>;
  readonly put: (item: Item, condition?: Condition) => Promise<void>;
  readonly update: (key: Key, update: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) => Promise<Item>;
  readonly transact: (items: readonly TransactWriteItem[]) => Promise<void>;
  /** Puts and deletes, in no order and not as one. */
  readonly writeMany: (puts: readonly Item[], deletes: readonly Key[]) => Promise<void>;
}

const MAX_BATCH_GET = 100;
const MAX_BATCH_WRITE = 25;
/** BatchWriteItem takes 16 MB; documents' overflow comes in parts of ~350 KB. */
const MAX_BATCH_WRITE_LARGE = 10;

export const keyItem = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } });

export const keyOf = (item: Item): Key => ({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' });

/** The condition's parts as the SDK's commands take them. */
export const conditionInput = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: condition.names && { ...condition.names },
    ExpressionAttributeValues: condition.values && { ...condition.values },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };

/** Opens the table `name` through `client`; what batches leave undone is sent again as `retry` says. */
export function openTable(client: DynamoDBClient, name: string, retry: Retry): Table {
  const getBatch = (keys: readonly Key[]) => getAll(client, name, keys, retry);
  return {
    name,
    get: async (key) =>
      (await client.send(new GetItemCommand({ TableName: name, Key: keyItem(key), ConsistentRead: true }))).Item,
    getMany: async (keys) => (await Promise.all(chunk(keys, MAX_BATCH_GET).map(getBatch))).flat(),
    query: (prefix) => queryAll(client, name, prefix),
    put: async (item, condition) => {
      const command = new PutItemCommand({ TableName: name, Item: { ...item }, ...conditionInput(condition) });
      await outliveTransactions(() => client.send(command), retry);
    },
    update: async (key, update) => {
      const command = new UpdateItemCommand({ TableName: name, Key: keyItem(key), ...update });
      return (await outliveTransactions(() => client.send(command), retry)).Attributes ?? {};
    },
    transact: async (items) => {
      await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    },
    writeMany: async (puts, deletes) => {
      const size = puts.length > 0 ? MAX_BATCH_WRITE_LARGE : MAX_BATCH_WRITE;
      const requests = [
        ...puts.map((item) => ({ PutRequest: { Item: { ...item } } })),
        ...deletes.map((key) => ({ DeleteRequest: { Key: keyItem(key) } })),
      ];
      for (const batch of chunk(requests, size)) await writeAll(client, name, batch, retry);
    },
  };
}

/** A single write is refused while a transaction holds its item. It took no effect and is sent again; the SDK does not. */
const outliveTransactions = <T>(send: () => Promise<T>, retry: Retry): Promise<T> =>
  retry(async () => {
    try {
      return { done: await send() };
    } catch (error) {
      if (error instanceof TransactionConflictException) return 'again';
      throw error;
    }
  });

type WriteRequests = NonNullable<BatchWriteItemCommand['input']['RequestItems']>[string];

function writeAll(client: DynamoDBClient, table: string, batch: WriteRequests, retry: Retry): Promise<void> {
  let rest: WriteRequests = batch;
  return retry(async () => {
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: rest } }));
    rest = answer.UnprocessedItems?.[table] ?? [];
    return rest.length === 0 ? { done: undefined } : 'again';
  });
}

async function getAll(client: DynamoDBClient, table: string, keys: readonly Key[], retry: Retry) {
  const found: Item[] = [];
  let rest = keys.map(keyItem);
  await retry(async () => {
    const request = { [table]: { Keys: rest, ConsistentRead: true } };
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: request }));
    found.push(...(answer.Responses?.[table] ?? []));
    rest = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    return rest.length === 0 ? { done: undefined } : 'again';
  });
  return found;
}

async function queryAll(client: DynamoDBClient, table: string, { pk, skPrefix }: KeyPrefix): Promise<readonly Item[]> {
  const items: Item[] = [];
  const byPrefix = skPrefix === '' ? '' : ' AND begins_with(sk, :sk)';
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `pk = :pk${byPrefix}`,
        ExpressionAttributeValues: { ':pk': { S: pk }, ...(byPrefix && { ':sk': { S: skPrefix } }) },
        ConsistentRead: true,
        ExclusiveStartKey: start && { ...start },
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
