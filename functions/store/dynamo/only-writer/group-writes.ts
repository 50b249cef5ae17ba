import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { DynamoError } from '../client/dynamo-error.ts';
import { conditionInput, type Item, keyItem, keyOf, type Table } from '../table.ts';
import { itemBytes, nameOf } from './items.ts';

/** DynamoDB takes 100 writes in a transaction, and 4 MB. */
const MAX_WRITES = 100;
const MAX_BYTES = 2_000_000;

interface Waiting {
  readonly name: string;
  readonly bytes: number;
  readonly write: TransactWriteItem;
  /** Sends the write by itself. */
  readonly alone: () => Promise<Item>;
  readonly resolve: (answer: Item | Promise<Item>) => void;
  readonly reject: (error: unknown) => void;
}

type Write = Omit<Waiting, 'resolve' | 'reject'>;

/**
 * A table whose single writes go out in groups, each as one transaction: to the embedded engine a commit costs more
 * than what is in it, and a request as much again. A write resolves when its group is durable.
 *
 *   group under way ────── durable, acknowledged        writes that come meanwhile are the next group
 *
 * A refused group took no effect: its writes are then sent one by one, and each gets the answer that is its own.
 */
export function groupWrites(table: Table): Table {
  let waiting: readonly Waiting[] = [];
  let isSending = false;

  const sendAll = async () => {
    while (waiting.length > 0) {
      const group = firstGroup(waiting);
      waiting = waiting.filter((each) => !group.includes(each));
      await sendGroup(table, group);
    }
    isSending = false;
  };

  const add = (write: Write) =>
    new Promise<Item>((resolve, reject) => {
      waiting = [...waiting, { ...write, resolve, reject }];
      if (isSending) return;
      isSending = true;
      // What else the requests that have just come in lead to goes along.
      setImmediate(() => void sendAll());
    });

  return {
    ...table,
    put: async (item, condition) => {
      await add({
        name: nameOf(keyOf(item)),
        bytes: itemBytes(item),
        write: { Put: { TableName: table.name, Item: { ...item }, ...conditionInput(condition) } },
        alone: () => table.put(item, condition).then(() => ({})),
      });
    },
    update: (key, update) => {
      const { UpdateExpression, ReturnValues, ...rest } = update;
      // A transaction gives no values back.
      if (ReturnValues !== undefined) return table.update(key, update);
      return add({
        name: nameOf(key),
        bytes: itemBytes(update.ExpressionAttributeValues ?? {}),
        write: { Update: { TableName: table.name, Key: keyItem(key), UpdateExpression, ...rest } },
        alone: () => table.update(key, update),
      });
    },
  };
}

/** As many as one transaction takes, which holds an item once. */
function firstGroup(waiting: readonly Waiting[]): readonly Waiting[] {
  const names = new Set<string>();
  let bytes = 0;
  return waiting.filter((each) => {
    const isFull = names.size === MAX_WRITES || (names.size > 0 && bytes + each.bytes > MAX_BYTES);
    if (isFull || names.has(each.name)) return false;
    names.add(each.name);
    bytes += each.bytes;
    return true;
  });
}

async function sendGroup(table: Table, group: readonly Waiting[]): Promise<void> {
  if (group.length === 1) return sendAlone(group);
  try {
    await table.writeTogether(group.map(({ write }) => write));
    for (const { resolve } of group) resolve({});
  } catch (error) {
    if (error instanceof DynamoError) return sendAlone(group);
    for (const { reject } of group) reject(error);
  }
}

async function sendAlone(group: readonly Waiting[]): Promise<void> {
  const sent = group.map(({ alone, resolve }) => {
    const answer = alone();
    resolve(answer);
    return answer;
  });
  await Promise.allSettled(sent);
}
