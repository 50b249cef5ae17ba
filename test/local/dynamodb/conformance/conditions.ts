import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { b, type Item, keyOf, n, s, type TestTable, upTo } from './test-table.ts';

const REFUSED = { name: 'ConditionalCheckFailedException' };

/** Conditions of single writes. */
export const describeConditions = (open: () => TestTable): void => {
  const putIf = async (Item: Item, condition: string, values?: Record<string, AttributeValue>): Promise<void> => {
    const { client, name: TableName } = open();
    await client.send(
      new PutItemCommand({
        TableName,
        Item,
        ConditionExpression: condition,
        ...(values && { ExpressionAttributeValues: values }),
      }),
    );
  };

  describe('conditions', () => {
    test('let a put make an item once', async () => {
      const item = { ...keyOf(open().newPk(), 'a'), v: n(1) };
      await putIf(item, 'attribute_not_exists(pk)');
      await expect(putIf({ ...item, v: n(2) }, 'attribute_not_exists(pk)')).rejects.toMatchObject(REFUSED);
      expect(await open().get({ pk: item.pk, sk: item.sk })).toEqual(item);
    });

    test('let one of 50 parallel puts win', async () => {
      const key = keyOf(open().newPk(), 'a');
      const puts = upTo(50).map((index) => putIf({ ...key, winner: n(index) }, 'attribute_not_exists(pk)'));
      const results = await Promise.allSettled(puts);
      const winners = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
      expect(winners).toHaveLength(1);
      expect(await open().get(key)).toEqual({ ...key, winner: n(winners[0] ?? -1) });
    });

    test('let a write pass while the version is the one that was read', async () => {
      const key = keyOf(open().newPk(), 'a');
      await open().put({ ...key, version: n(1) });
      await putIf({ ...key, version: n(2) }, 'version = :read', { ':read': n(1) });
      const late = putIf({ ...key, version: n(2) }, 'version = :read', { ':read': n(1) });
      await expect(late).rejects.toMatchObject(REFUSED);
    });

    test.each([
      ['a smaller last byte', [1, 2, 3], [1, 2, 4], true],
      ['an equal value', [1, 2, 3], [1, 2, 3], false],
      ['a greater first byte', [2, 0], [1, 255], false],
      ['a prefix', [1, 2], [1, 2, 0], true],
      ['a longer value', [1, 2, 0], [1, 2], false],
      ['bytes as unsigned numbers', [127], [128], true],
      ['bytes that are no UTF-8', [253, 255], [254, 0], true],
    ])('compare bytes: %s', async (_, stored, given, isLess) => {
      const key = keyOf(open().newPk(), 'a');
      await open().put({ ...key, latest: b(...stored) });
      const write = putIf({ ...key, done: n(1) }, 'attribute_not_exists(latest) OR latest < :given', {
        ':given': b(...given),
      });
      if (isLess) await expect(write).resolves.toBeUndefined();
      else await expect(write).rejects.toMatchObject(REFUSED);
    });

    test('find a comparison with an absent attribute false', async () => {
      const key = keyOf(open().newPk(), 'a');
      await expect(putIf(key, 'absent < :v', { ':v': b(1) })).rejects.toMatchObject(REFUSED);
      await expect(putIf(key, 'absent = :v', { ':v': b(1) })).rejects.toMatchObject(REFUSED);
      await putIf(key, 'absent <> :v', { ':v': b(1) });
    });

    test.each([
      ['attribute_exists(v) AND v BETWEEN :one AND :three', true],
      ['v IN (:one, :three)', false],
      ['NOT (v = :one) AND begins_with(sk, :a)', true],
      ['size(bytes) > :one', true],
      ['attribute_type(v, :a)', false],
    ])('decide %s', async (condition, passes) => {
      const item = { ...keyOf(open().newPk(), 'a1'), v: n(2), bytes: b(1, 2) };
      await open().put(item);
      const all = { ':one': n(1), ':three': n(3), ':a': s(condition.includes('type') ? 'S' : 'a') };
      const used = Object.fromEntries(Object.entries(all).filter(([name]) => condition.includes(name)));
      const write = putIf(item, condition, used);
      if (passes) await expect(write).resolves.toBeUndefined();
      else await expect(write).rejects.toMatchObject(REFUSED);
    });

    describe('that fail return the item as it is on request', () => {
      const commands = {
        put: (TableName: string, key: Item) => new PutItemCommand({ TableName, Item: key, ...failing }),
        update: (TableName: string, key: Item) =>
          new UpdateItemCommand({ TableName, Key: key, UpdateExpression: 'REMOVE v', ...failing }),
        delete: (TableName: string, key: Item) => new DeleteItemCommand({ TableName, Key: key, ...failing }),
      } as const;
      const failing = {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      } as const;

      test('of a put', async () => {
        const { client, name, newPk, put } = open();
        const key = keyOf(newPk(), 'a');
        await put({ ...key, v: b(1) });
        const failed = client.send(commands.put(name, key));
        await expect(failed).rejects.toMatchObject({ ...REFUSED, Item: { ...key, v: b(1) } });
      });

      test('of an update', async () => {
        const { client, name, newPk, put } = open();
        const key = keyOf(newPk(), 'a');
        await put({ ...key, v: s('') });
        const failed = client.send(commands.update(name, key));
        await expect(failed).rejects.toMatchObject({ ...REFUSED, Item: { ...key, v: s('') } });
      });

      test('of a delete', async () => {
        const { client, name, newPk, put } = open();
        const key = keyOf(newPk(), 'a');
        await put({ ...key, v: n(1) });
        const failed = client.send(commands.delete(name, key));
        await expect(failed).rejects.toMatchObject({ ...REFUSED, Item: { ...key, v: n(1) } });
      });

      test('but none when there is no item', async () => {
        const { client, name: TableName, newPk } = open();
        const Item = keyOf(newPk(), 'a');
        const input = { ...failing, ConditionExpression: 'attribute_exists(pk)' };
        const failed = client.send(new PutItemCommand({ TableName, Item, ...input }));
        await expect(failed).rejects.toSatisfy((error) => error.name === REFUSED.name && error.Item === undefined);
      });
    });
  });
};
