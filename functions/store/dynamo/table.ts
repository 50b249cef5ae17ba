import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { DynamoError } from './client/dynamo-error.ts';
import type { DynamoClient, InputOf } from './client/operations.ts';
import type { Key, KeyPrefix } from './keys.ts';
import type { Retry } from './retry.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** A condition, in DynamoDB's language, with what its names and values stand for. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
}

/** An update without its place. */
export type Update = Omit<InputOf<'UpdateItem'>, 'TableName' | 'Key'>;

/** The single table. Reads are strongly consistent; a refused write throws a DynamoError, a failed condition's with the old item. */
export interface Table {
  readonly name: string;
  readonly get: (key: Key) => Promise<Item | undefined>;
  /** Gives the items that are there, in no order. */
  readonly getMany: (keys: readonly Key[]) => Promise<readonly Item[]>;
  /** All items of the range, every page of it, by sort key. */
  readonly query: (prefix: KeyPrefix) => Promise<readonly Item[]>;
  /** The first items of the range by sort key: at most `maxItems`, and of at most about `maxPages` MB. */
  readonly queryFirst: (prefix: KeyPrefix, maxItems: number, maxPages: number) => Promise<readonly Item[]>;
  readonly put: (item: Item, condition?: Condition) => Promise<void>;
  /** Gives what `ReturnValues` asks for. `after` is what the item then is, when the writer knows: a table that keeps items does so. */
  readonly update: (key: Key, update: Update, after?: Item) => Promise<Item>;
  readonly transact: (items: readonly TransactWriteItem[]) => Promise<void>;
  /** Writes that bear running twice, all or none of them: without the token by which DynamoDB knows a second try. */
  readonly writeTogether: (items: readonly TransactWriteItem[]) => Promise<void>;
  /** Puts and deletes, in no order and not as one. */
  readonly writeMany: (puts: readonly Item[], deletes: readonly Key[]) => Promise<void>;
}

const MAX_BATCH_GET = 100;
const MAX_BATCH_WRITE = 25;
/** BatchWriteItem takes 16 MB; documents' overflow comes in parts of ~350 KB. */
const MAX_BATCH_WRITE_LARGE = 10;

export const keyItem = ({ pk, sk }: Key): Item => ({ pk: { S: pk }, sk: { S: sk } });

export const keyOf = (item: Item): Key => ({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' });

/** Where one write of a transaction goes, or looks. */
export const keyOfWrite = ({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): Key =>
  keyOf(Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key ?? {});

/** The condition's parts as DynamoDB's operations take them. */
export const conditionInput = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: condition.names && { ...condition.names },
    ExpressionAttributeValues: condition.values && { ...condition.values },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };

/** Opens the table `name` through `client`; what batches leave undone is sent again as `retry` says. */
export function openTable(client: DynamoClient, name: string, retry: Retry): Table {
  const getBatch = (keys: readonly Key[]) => getAll(client, name, keys, retry);
  return {
    name,
    get: async (key) =>
      (await client.send('GetItem', { TableName: name, Key: keyItem(key), ConsistentRead: true })).Item,
    getMany: async (keys) => (await Promise.all(chunk(keys, MAX_BATCH_GET).map(getBatch))).flat(),
    query: (prefix) => queryPages(client, name, prefix),
    queryFirst: (prefix, maxItems, maxPages) => queryPages(client, name, prefix, { maxItems, maxPages }),
    put: async (item, condition) => {
      const input = { TableName: name, Item: { ...item }, ...conditionInput(condition) };
      await outliveTransactions(() => client.send('PutItem', input), retry);
    },
    update: async (key, update) => {
      const input = { TableName: name, Key: keyItem(key), ...update };
      return (await outliveTransactions(() => client.send('UpdateItem', input), retry)).Attributes ?? {};
    },
    transact: async (items) => {
      await client.send('TransactWriteItems', { TransactItems: [...items] });
    },
    writeTogether: async (items) => {
      await client.send('TransactWriteItems', { TransactItems: [...items], ClientRequestToken: undefined });
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

/** A single write is refused while a transaction holds its item. It took no effect and is sent again. */
const outliveTransactions = <T>(send: () => Promise<T>, retry: Retry): Promise<T> =>
  retry(async () => {
    try {
      return { done: await send() };
    } catch (error) {
      if (error instanceof DynamoError && error.code === 'TransactionConflictException') return 'again';
      throw error;
    }
  });

type WriteRequests = NonNullable<InputOf<'BatchWriteItem'>['RequestItems']>[string];

function writeAll(client: DynamoClient, table: string, batch: WriteRequests, retry: Retry): Promise<void> {
  let rest: WriteRequests = batch;
  return retry(async () => {
    const answer = await client.send('BatchWriteItem', { RequestItems: { [table]: rest } });
    rest = answer.UnprocessedItems?.[table] ?? [];
    return rest.length === 0 ? { done: undefined } : 'again';
  });
}

async function getAll(client: DynamoClient, table: string, keys: readonly Key[], retry: Retry) {
  const found: Item[] = [];
  let rest = keys.map(keyItem);
  await retry(async () => {
    const request = { [table]: { Keys: rest, ConsistentRead: true } };
    const answer = await client.send('BatchGetItem', { RequestItems: request });
    found.push(...(answer.Responses?.[table] ?? []));
    rest = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    return rest.length === 0 ? { done: undefined } : 'again';
  });
  return found;
}

interface QueryBounds {
  readonly maxItems: number;
  readonly maxPages: number;
}

async function queryPages(
  client: DynamoClient,
  table: string,
  { pk, skPrefix }: KeyPrefix,
  bounds?: QueryBounds,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let pages = 0;
  const byPrefix = skPrefix === '' ? '' : ' AND begins_with(sk, :sk)';
  let start: Item | undefined;
  do {
    const page = await client.send('Query', {
      TableName: table,
      KeyConditionExpression: `pk = :pk${byPrefix}`,
      ExpressionAttributeValues: { ':pk': { S: pk }, ...(byPrefix && { ':sk': { S: skPrefix } }) },
      ConsistentRead: true,
      ExclusiveStartKey: start && { ...start },
      Limit: bounds && bounds.maxItems - items.length,
    });
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
    pages += 1;
  } while (start && !(bounds && (items.length >= bounds.maxItems || pages >= bounds.maxPages)));
  return items;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
