import { describe, expect, test } from 'vitest';
import type { DynamoClient } from '../../../functions/store/dynamo/client/operations.ts';
import { createRetry } from '../../../functions/store/dynamo/retry.ts';
import { type Item, keyItem, keyOf, openTable } from '../../../functions/store/dynamo/table.ts';
import { faultEngine } from '../fault-suite.ts';
import { createFaultyClient } from '../faulty-client.ts';
import { randomText } from '../random-text.ts';
import { upTo } from '../samples.ts';

const engine = faultEngine();

/** What batches are asked: lists of writes or of keys, by table. */
interface BatchInput {
  readonly RequestItems?: Readonly<Record<string, readonly unknown[] | { readonly Keys: readonly unknown[] }>>;
}

/** Lets batches do at most `most` of what they are asked, as DynamoDB does when it is busy. */
function leaveUndone(client: DynamoClient, most: number): DynamoClient {
  return {
    send: async (operation, input) => {
      // Only batches have this field; the input's type is that of any operation.
      const { RequestItems = {} } = input as BatchInput;
      const [entry] = Object.entries(RequestItems);
      if (!entry) return client.send(operation, input);
      const [table, asked] = entry;
      if ('Keys' in asked) {
        const partOf = (Keys: readonly unknown[]) => ({ [table]: { ...asked, Keys } });
        const answer = await client.send(operation, { ...input, RequestItems: partOf(asked.Keys.slice(0, most)) });
        const rest = asked.Keys.slice(most);
        return { ...answer, UnprocessedKeys: rest.length > 0 ? partOf(rest) : {} };
      }
      const answer = await client.send(operation, { ...input, RequestItems: { [table]: asked.slice(0, most) } });
      const rest = asked.slice(most);
      return { ...answer, UnprocessedItems: rest.length > 0 ? { [table]: rest } : {} };
    },
  };
}

const withoutPause = () => Promise.resolve();

async function openBusyTable(most: number) {
  const { tableName, keys } = await engine.openTable();
  const { client, countCalls } = createFaultyClient(engine.connection(), () => undefined);
  return {
    table: openTable(
      leaveUndone(client, most),
      tableName,
      createRetry(withoutPause, () => 0),
    ),
    keys,
    countCalls,
  };
}

const itemAt = (at: number): Item => ({
  ...keyItem({ pk: 'P', sk: String(at).padStart(4, '0') }),
  n: { N: String(at) },
});
const sortKeysOf = (items: readonly Item[]) => items.map((item) => keyOf(item).sk).toSorted();

describe('writeMany', () => {
  test.each([1000, 7, 1])('puts all and deletes all when a batch does at most %d', async (most) => {
    const { table, keys } = await openBusyTable(most);
    const items = upTo(30).map(itemAt);
    await table.writeMany(items, []);
    expect(await keys()).toHaveLength(30);
    await table.writeMany([itemAt(99)], items.map(keyOf));
    expect((await keys()).map(({ sk }) => sk)).toEqual(['0099']);
  });

  test('calls nobody for nothing', async () => {
    const { table, countCalls } = await openBusyTable(1);
    await table.writeMany([], []);
    expect(countCalls()).toBe(0);
  });

  test('puts items of 350 KB', async () => {
    const { table, keys } = await openBusyTable(1000);
    await table.writeMany(
      upTo(12).map((at) => ({ ...itemAt(at), z: { S: randomText(350_000, at) } })),
      [],
    );
    expect(await keys()).toHaveLength(12);
  });
});

describe('getMany', () => {
  test.each([1000, 40])(
    'gives what is there of more than a hundred keys when a batch does at most %d',
    async (most) => {
      const { table } = await openBusyTable(most);
      await table.writeMany(upTo(130).map(itemAt), []);
      const found = await table.getMany(upTo(150).map((at) => keyOf(itemAt(at))));
      expect(sortKeysOf(found)).toEqual(sortKeysOf(upTo(130).map(itemAt)));
    },
  );

  test('gives nothing for no keys', async () => {
    expect(await (await openBusyTable(1)).table.getMany([])).toEqual([]);
  });
});

describe('query', () => {
  test('gives all pages of a range, by sort key', async () => {
    const { table } = await openBusyTable(1000);
    const items = upTo(8).map((at) => ({ ...itemAt(at), z: { S: randomText(300_000, at) } }));
    await table.writeMany([...items, { ...itemAt(0), pk: { S: 'other' } }], []);
    const found = await table.query({ pk: 'P', skPrefix: '' });
    expect(found.map((item) => keyOf(item).sk)).toEqual(sortKeysOf(items));
    expect(sortKeysOf(await table.query({ pk: 'P', skPrefix: '0003' }))).toEqual(['0003']);
    expect(await table.query({ pk: 'P', skPrefix: 'x' })).toEqual([]);
  });
});

describe('queryFirst', () => {
  test('gives the first items of a range, up to a number of them and of pages', async () => {
    const { table, countCalls } = await openBusyTable(1000);
    await table.writeMany([...upTo(8).map((at) => ({ ...itemAt(at), z: { S: randomText(300_000, at) } }))], []);
    const range = { pk: 'P', skPrefix: '0' };
    const first = async (maxItems: number, maxPages: number) =>
      (await table.queryFirst(range, maxItems, maxPages)).map((item) => keyOf(item).sk);
    expect(await first(2, 9)).toEqual(['0000', '0001']);
    expect(await first(5, 9)).toHaveLength(5);
    expect(await first(9, 9)).toHaveLength(8);
    const before = countCalls();
    const ofOnePage = await first(9, 1);
    expect(countCalls() - before).toBe(1);
    expect(ofOnePage.length).toBeLessThan(8);
  });
});

describe('put and update', () => {
  test('throw with the item that refused them', async () => {
    const { table } = await openBusyTable(1000);
    const absent = { expression: 'attribute_not_exists(#pk)', names: { '#pk': 'pk' } };
    await table.put(itemAt(1), absent);
    await expect(table.put({ ...itemAt(1), n: { N: '2' } }, absent)).rejects.toMatchObject({ item: itemAt(1) });
    const update = table.update(keyOf(itemAt(1)), {
      UpdateExpression: 'SET n = :n',
      ConditionExpression: 'n < :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await expect(update).rejects.toMatchObject({ item: itemAt(1) });
  });
});
