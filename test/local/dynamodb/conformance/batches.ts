import { BatchGetItemCommand, BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { b, type Key, keyOf, n, type TestTable, upTo } from './test-table.ts';

/** Batches of gets and writes. */
export const describeBatches = (open: () => TestTable): void => {
  const write = (requests: WriteRequest[]) =>
    open().client.send(
      new BatchWriteItemCommand({ RequestItems: { [open().name]: requests }, ReturnConsumedCapacity: 'TOTAL' }),
    );
  const read = (Keys: Key[]) =>
    open().client.send(
      new BatchGetItemCommand({
        RequestItems: { [open().name]: { Keys, ConsistentRead: true } },
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
  const putsIn = (pk: string, count: number): WriteRequest[] =>
    upTo(count).map((index) => ({ PutRequest: { Item: { ...keyOf(pk, `k${index}`), v: n(index), bytes: b(index) } } }));
  const keysIn = (pk: string, count: number): Key[] => upTo(count).map((index) => keyOf(pk, `k${index}`));
  const REFUSED = { name: 'ValidationException' };

  describe('batches', () => {
    test('write 25 items, and no more', async () => {
      const pk = open().newPk();
      await expect(write(putsIn(pk, 26))).rejects.toMatchObject(REFUSED);
      const { ConsumedCapacity, UnprocessedItems } = await write(putsIn(pk, 25));
      expect(UnprocessedItems ?? {}).toEqual({});
      expect(ConsumedCapacity).toMatchObject([{ CapacityUnits: 25 }]);
      expect(await open().get(keyOf(pk, 'k24'))).toMatchObject({ v: n(24), bytes: b(24) });
    });

    test('put and delete together', async () => {
      const pk = open().newPk();
      await open().put(keyOf(pk, 'gone'));
      await write([{ DeleteRequest: { Key: keyOf(pk, 'gone') } }, { PutRequest: { Item: keyOf(pk, 'new') } }]);
      expect(await open().get(keyOf(pk, 'gone'))).toBeUndefined();
      expect(await open().get(keyOf(pk, 'new'))).toEqual(keyOf(pk, 'new'));
    });

    test('get 100 items, and no more', async () => {
      const pk = open().newPk();
      for (const start of [0, 25, 50, 75]) await write(putsIn(pk, 100).slice(start, start + 25));
      await expect(read(keysIn(pk, 101))).rejects.toMatchObject(REFUSED);
      const { Responses, UnprocessedKeys, ConsumedCapacity } = await read(keysIn(pk, 100));
      const found = (Responses?.[open().name] ?? []).map(({ v }) => Number(v?.N)).toSorted((x, y) => x - y);
      expect(found).toEqual(upTo(100));
      expect(UnprocessedKeys ?? {}).toEqual({});
      expect(ConsumedCapacity).toMatchObject([{ CapacityUnits: 100 }]);
    });

    test('leave out absent items', async () => {
      const pk = open().newPk();
      await write(putsIn(pk, 1));
      const { Responses } = await read(keysIn(pk, 3));
      expect(Responses?.[open().name]).toHaveLength(1);
    });

    test('refuse a key that is there twice', async () => {
      const pk = open().newPk();
      await expect(write([...putsIn(pk, 1), ...putsIn(pk, 1)])).rejects.toMatchObject(REFUSED);
      await expect(read([...keysIn(pk, 1), ...keysIn(pk, 1)])).rejects.toMatchObject(REFUSED);
    });

    test('get large items in as many rounds as UnprocessedKeys asks for', async () => {
      const pk = open().newPk();
      const bytes = { B: new Uint8Array(300 * 1024) };
      for (const key of keysIn(pk, 12)) await open().put({ ...key, bytes });
      const found: (string | undefined)[] = [];
      let rest: Key[] = keysIn(pk, 12);
      while (rest.length > 0) {
        const { Responses, UnprocessedKeys } = await read(rest);
        found.push(...(Responses?.[open().name] ?? []).map(({ sk }) => sk?.S));
        rest = (UnprocessedKeys?.[open().name]?.Keys ?? []).map(({ sk }) => keyOf(pk, sk?.S ?? ''));
      }
      expect(found.toSorted()).toEqual(
        keysIn(pk, 12)
          .map(({ sk }) => sk.S)
          .toSorted(),
      );
    });
  });
};
