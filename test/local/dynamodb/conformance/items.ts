import { DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { b, keyOf, n, s, type TestTable } from './test-table.ts';

const KB = 1024;

/** Putting, getting and deleting single items. */
export const describeItems = (open: () => TestTable): void => {
  describe('items', () => {
    test('come back as they were put, empty strings and bytes included', async () => {
      const { newPk, put, get } = open();
      const key = keyOf(newPk(), 'all types');
      const item = {
        ...key,
        empty: s(''),
        text: s('täxt 😀'),
        number: n('-12345678901234567890.123456789012345678'),
        bytes: b(0, 127, 128, 255),
        noBytes: b(),
        yes: { BOOL: true },
        nothing: { NULL: true },
        list: { L: [s('a'), n(1)] },
        map: { M: { inner: s('b') } },
        strings: { SS: ['x', 'y'] },
      };
      await put(item);
      expect(await get(key)).toEqual(item);
    });

    test('are absent until put and after a delete, and deleting an absent one is no error', async () => {
      const { client, name: TableName, newPk, put, get } = open();
      const key = keyOf(newPk(), 'a');
      expect(await get(key)).toBeUndefined();
      await put({ ...key, v: n(1) });
      await client.send(new DeleteItemCommand({ TableName, Key: key }));
      expect(await get(key)).toBeUndefined();
      await client.send(new DeleteItemCommand({ TableName, Key: key }));
    });

    test('are replaced as a whole, and the old one is returned on request', async () => {
      const { client, name: TableName, newPk, put, get } = open();
      const key = keyOf(newPk(), 'a');
      await put({ ...key, old: n(1) });
      const Item = { ...key, young: n(2) };
      const { Attributes } = await client.send(new PutItemCommand({ TableName, Item, ReturnValues: 'ALL_OLD' }));
      expect(Attributes).toEqual({ ...key, old: n(1) });
      expect(await get(key)).toEqual(Item);
    });

    test('return the attributes that were asked for', async () => {
      const { client, name: TableName, newPk, put } = open();
      const key = keyOf(newPk(), 'a');
      await put({ ...key, wanted: n(1), other: n(2) });
      const { Item } = await client.send(
        new GetItemCommand({
          TableName,
          Key: key,
          ProjectionExpression: '#w, absent',
          ExpressionAttributeNames: { '#w': 'wanted' },
        }),
      );
      expect(Item).toEqual({ wanted: n(1) });
    });

    test('hold 350 KB of bytes in one attribute', async () => {
      const { newPk, put, get } = open();
      const key = keyOf(newPk(), 'large');
      const bytes = Uint8Array.from({ length: 350 * KB }, (_, index) => (index * 31) % 256);
      await put({ ...key, bytes: { B: bytes } });
      const found = await get(key);
      expect(Buffer.from(found?.bytes?.B ?? []).equals(bytes)).toBe(true);
    });

    test('of more than 400 KB are refused, by a put and by an update', async () => {
      const { client, name: TableName, newPk, put } = open();
      const key = keyOf(newPk(), 'too large');
      const half = { B: new Uint8Array(210 * KB) };
      await expect(put({ ...key, a: half, b: half })).rejects.toMatchObject({ name: 'ValidationException' });
      await put({ ...key, a: half });
      const grow = new UpdateItemCommand({
        TableName,
        Key: key,
        UpdateExpression: 'SET b = :b',
        ExpressionAttributeValues: { ':b': half },
      });
      await expect(client.send(grow)).rejects.toMatchObject({ name: 'ValidationException' });
    });

    test('with an empty or missing key are refused', async () => {
      const { newPk, put } = open();
      await expect(put({ pk: s(newPk()), sk: s('') })).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(put({ pk: s(newPk()) })).rejects.toMatchObject({ name: 'ValidationException' });
    });

    test('cost what their size says', async () => {
      const { client, name: TableName, newPk } = open();
      const key = keyOf(newPk(), 'a');
      const Item = { ...key, bytes: { B: new Uint8Array(4.5 * KB) } };
      const written = await client.send(new PutItemCommand({ TableName, Item, ReturnConsumedCapacity: 'TOTAL' }));
      const read = await client.send(
        new GetItemCommand({ TableName, Key: key, ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' }),
      );
      expect(written.ConsumedCapacity).toMatchObject({ TableName, CapacityUnits: 5 });
      expect(read.ConsumedCapacity).toMatchObject({ TableName, CapacityUnits: 2 });
    });
  });
};
