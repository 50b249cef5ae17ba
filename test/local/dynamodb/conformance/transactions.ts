import {
  TransactGetItemsCommand,
  type TransactGetItemsCommandOutput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  type TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { b, type Item, type Key, keyOf, n, type TestTable, upTo } from './test-table.ts';

const KB = 1024;
const ABSENT = 'attribute_not_exists(pk)';
const PRESENT = 'attribute_exists(pk)';

/** Transactions of up to 100 items. */
export const describeTransactions = (open: () => TestTable): void => {
  const put = (item: Item, condition?: string): TransactWriteItem => ({
    Put: { TableName: open().name, Item: item, ...(condition && { ConditionExpression: condition }) },
  });
  const increase = (Key: Key): TransactWriteItem => ({
    Update: {
      TableName: open().name,
      Key,
      UpdateExpression: 'ADD v :one',
      ExpressionAttributeValues: { ':one': n(1) },
    },
  });
  const remove = (Key: Key): TransactWriteItem => ({ Delete: { TableName: open().name, Key } });
  const check = (Key: Key, ConditionExpression: string): TransactWriteItem => ({
    ConditionCheck: {
      TableName: open().name,
      Key,
      ConditionExpression,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });
  const write = (
    TransactItems: TransactWriteItem[],
    more: Partial<TransactWriteItemsCommandInput> = {},
  ): Promise<TransactWriteItemsCommandOutput> =>
    open().client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
  const read = (keys: readonly Key[]): Promise<TransactGetItemsCommandOutput> =>
    open().client.send(
      new TransactGetItemsCommand({
        TransactItems: keys.map((Key) => ({ Get: { TableName: open().name, Key } })),
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );

  describe('write transactions', () => {
    test('put, update, delete and check together', async () => {
      const pk = open().newPk();
      await open().put({ ...keyOf(pk, 'gone'), v: n(1) });
      await open().put({ ...keyOf(pk, 'seen'), v: n(1) });
      await write([
        put({ ...keyOf(pk, 'put'), bytes: b(1, 2, 3) }, ABSENT),
        increase(keyOf(pk, 'updated')),
        remove(keyOf(pk, 'gone')),
        check(keyOf(pk, 'seen'), PRESENT),
      ]);
      expect(await open().get(keyOf(pk, 'put'))).toEqual({ ...keyOf(pk, 'put'), bytes: b(1, 2, 3) });
      expect(await open().get(keyOf(pk, 'updated'))).toEqual({ ...keyOf(pk, 'updated'), v: n(1) });
      expect(await open().get(keyOf(pk, 'gone'))).toBeUndefined();
      expect(await open().get(keyOf(pk, 'seen'))).toEqual({ ...keyOf(pk, 'seen'), v: n(1) });
    });

    test('change nothing when one condition fails, and say which with the item as it is', async () => {
      const pk = open().newPk();
      const taken = { ...keyOf(pk, 'taken'), v: n(1) };
      await open().put(taken);
      const failed = write([put(keyOf(pk, 'new')), check(keyOf(pk, 'taken'), ABSENT), increase(keyOf(pk, 'count'))]);
      await expect(failed).rejects.toMatchObject({
        name: 'TransactionCanceledException',
        CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: taken }, { Code: 'None' }],
      });
      expect(await open().get(keyOf(pk, 'new'))).toBeUndefined();
      expect(await open().get(keyOf(pk, 'count'))).toBeUndefined();
    });

    test.each(['Put', 'Update', 'Delete'] as const)('return the old item of a refused %s', async (kind) => {
      const { name: TableName, newPk } = open();
      const key = keyOf(newPk(), 'a');
      await open().put({ ...key, v: b(9) });
      const shared = {
        TableName,
        ConditionExpression: ABSENT,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      } as const;
      const part = {
        Put: { Put: { ...shared, Item: key } },
        Update: { Update: { ...shared, Key: key, UpdateExpression: 'REMOVE v' } },
        Delete: { Delete: { ...shared, Key: key } },
      }[kind];
      await expect(write([part])).rejects.toMatchObject({
        CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { ...key, v: b(9) } }],
      });
    });

    test('return no old item when nobody asked', async () => {
      const key = keyOf(open().newPk(), 'a');
      await open().put(key);
      await expect(write([put(key, ABSENT)])).rejects.toSatisfy(
        (error) => error.CancellationReasons[0].Item === undefined,
      );
    });

    test('hold 100 items, and no more', async () => {
      const pk = open().newPk();
      const puts = (count: number) => upTo(count).map((index) => put(keyOf(pk, `k${index}`)));
      await expect(write(puts(101))).rejects.toMatchObject({ name: 'ValidationException' });
      await write(puts(100));
      expect(await open().get(keyOf(pk, 'k99'))).toEqual(keyOf(pk, 'k99'));
    });

    test('hold 4 MB, and no more', async () => {
      const pk = open().newPk();
      const bytes = { B: new Uint8Array(350 * KB) };
      const puts = (count: number) => upTo(count).map((index) => put({ ...keyOf(pk, `k${index}`), bytes }));
      await write(puts(11));
      await expect(write(puts(13))).rejects.toMatchObject({ name: 'ValidationException' });
    });

    test('refuse two operations on one item', async () => {
      const key = keyOf(open().newPk(), 'a');
      await expect(write([put(key), remove(key)])).rejects.toMatchObject({ name: 'ValidationException' });
      expect(await open().get(key)).toBeUndefined();
    });

    test('with one token take effect once', async () => {
      const key = keyOf(open().newPk(), 'a');
      const ClientRequestToken = `token-${key.pk.S}`;
      await write([increase(key)], { ClientRequestToken });
      await write([increase(key)], { ClientRequestToken });
      expect(await open().get(key)).toEqual({ ...key, v: n(1) });
    });

    test('refuse a token that was used for something else', async () => {
      const pk = open().newPk();
      const ClientRequestToken = `token-${pk}`;
      await write([increase(keyOf(pk, 'a'))], { ClientRequestToken });
      await expect(write([increase(keyOf(pk, 'b'))], { ClientRequestToken })).rejects.toMatchObject({
        name: 'IdempotentParameterMismatchException',
      });
    });

    test('may use the token of a refused one again', async () => {
      const key = keyOf(open().newPk(), 'a');
      const ClientRequestToken = `token-${key.pk.S}`;
      const attempt = () => write([put({ ...key, v: n(2) }, PRESENT)], { ClientRequestToken });
      await expect(attempt()).rejects.toMatchObject({ name: 'TransactionCanceledException' });
      await open().put(key);
      await attempt();
      expect(await open().get(key)).toEqual({ ...key, v: n(2) });
    });

    test('cost twice what single writes cost', async () => {
      const pk = open().newPk();
      const bytes = { B: new Uint8Array(1.5 * KB) };
      const { ConsumedCapacity } = await write([put({ ...keyOf(pk, 'a'), bytes }), put(keyOf(pk, 'b'))], {
        ReturnConsumedCapacity: 'TOTAL',
      });
      expect(ConsumedCapacity).toMatchObject([{ TableName: open().name, CapacityUnits: 6 }]);
    });

    test('that meet are repeated until all 20 have counted in both items', async () => {
      const pk = open().newPk();
      const both = [keyOf(pk, 'a'), keyOf(pk, 'b')];
      const countIn = async (): Promise<void> => {
        try {
          await write(both.map(increase));
        } catch (error) {
          // AWS and some engines refuse one of two that meet: only then is it repeated.
          if (!String(error).includes('TransactionConflict')) throw error;
          await countIn();
        }
      };
      await Promise.all(upTo(20).map(countIn));
      const { Responses } = await read(both);
      expect(Responses?.map(({ Item }) => Item?.v)).toEqual([n(20), n(20)]);
    });
  });

  describe('read transactions', () => {
    test('return the items in order, with nothing for an absent one', async () => {
      const pk = open().newPk();
      await open().put({ ...keyOf(pk, 'b'), v: n(2) });
      await open().put({ ...keyOf(pk, 'a'), v: n(1) });
      const { Responses, ConsumedCapacity } = await read([keyOf(pk, 'b'), keyOf(pk, 'none'), keyOf(pk, 'a')]);
      expect(Responses?.map(({ Item }) => Item?.v)).toEqual([n(2), undefined, n(1)]);
      expect(ConsumedCapacity).toMatchObject([{ TableName: open().name, CapacityUnits: 6 }]);
    });

    test('hold 100 keys, each once', async () => {
      const pk = open().newPk();
      const keys = upTo(101).map((index) => keyOf(pk, `k${index}`));
      const refused = { name: 'ValidationException' };
      expect((await read(keys.slice(1))).Responses).toHaveLength(100);
      await expect(read(keys)).rejects.toMatchObject(refused);
      await expect(read([keyOf(pk, 'a'), keyOf(pk, 'a')])).rejects.toMatchObject(refused);
    });

    test('never see half of a write transaction', async () => {
      const pk = open().newPk();
      const both = [keyOf(pk, 'a'), keyOf(pk, 'b')];
      const writing = (async () => {
        for (const _ of upTo(20)) await write(both.map(increase));
      })();
      const seen: (string | undefined)[][] = [];
      for (const _ of upTo(20)) {
        const { Responses = [] } = await read(both);
        seen.push(Responses.map(({ Item }) => Item?.v?.N));
      }
      await writing;
      expect(seen.filter(([first, second]) => first !== second)).toEqual([]);
    });
  });
};
