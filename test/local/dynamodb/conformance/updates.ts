import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { b, type Item, type Key, keyOf, n, s, type TestTable, upTo } from './test-table.ts';

/** Update expressions. */
export const describeUpdates = (open: () => TestTable): void => {
  const update = async (key: Key, input: Partial<UpdateItemCommandInput>): Promise<Item | undefined> => {
    const { client, name } = open();
    const command = new UpdateItemCommand({ TableName: name, Key: key, ReturnValues: 'ALL_NEW', ...input });
    return (await client.send(command)).Attributes;
  };

  describe('updates', () => {
    test('make an absent item', async () => {
      const key = keyOf(open().newPk(), 'a');
      const values = { UpdateExpression: 'SET v = :v', ExpressionAttributeValues: { ':v': s('') } };
      expect(await update(key, values)).toEqual({ ...key, v: s('') });
      expect(await open().get(key)).toEqual({ ...key, v: s('') });
    });

    test.each(['a.b', 'a b', 'ä/😀', '#x', ':y', 'a[0]', 'size', 'SET', '1', '-', "'", 'constructor', 'toString'])(
      'set, default, increase and remove an attribute named %j',
      async (attribute) => {
        const key = keyOf(open().newPk(), 'a');
        const names = { ExpressionAttributeNames: { '#n': attribute } };
        const one = { ...names, ExpressionAttributeValues: { ':one': n(1) } };
        expect(await update(key, { ...one, UpdateExpression: 'SET #n = if_not_exists(#n, :one)' })).toEqual({
          ...key,
          [attribute]: n(1),
        });
        await update(key, { ...one, UpdateExpression: 'ADD #n :one' });
        await update(key, { ...one, UpdateExpression: 'SET #n = #n + :one' });
        expect(await open().get(key)).toEqual({ ...key, [attribute]: n(3) });
        expect(await update(key, { ...names, UpdateExpression: 'REMOVE #n' })).toEqual(key);
      },
    );

    test('ADD to an absent attribute, even one named as what objects inherit', async () => {
      const key = keyOf(open().newPk(), 'a');
      const command = {
        UpdateExpression: 'ADD #n :one',
        ExpressionAttributeNames: { '#n': 'constructor' },
        ExpressionAttributeValues: { ':one': n(1) },
      };
      expect(await update(key, command)).toEqual({ ...key, constructor: n(1) });
    });

    test('keep an existing value with if_not_exists', async () => {
      const key = keyOf(open().newPk(), 'a');
      await open().put({ ...key, v: n(7) });
      const keep = { UpdateExpression: 'SET v = if_not_exists(v, :v)', ExpressionAttributeValues: { ':v': n(1) } };
      expect(await update(key, keep)).toEqual({ ...key, v: n(7) });
    });

    test('set, remove and add in one expression, each reading the item as it was', async () => {
      const key = keyOf(open().newPk(), 'a');
      await open().put({ ...key, from: s('moved'), gone: n(1), count: n(1) });
      const input = {
        UpdateExpression: 'SET #to = #from, bytes = :bytes REMOVE gone, #from ADD #count :two',
        ExpressionAttributeNames: { '#to': 'to', '#from': 'from', '#count': 'count' },
        ExpressionAttributeValues: { ':bytes': b(1, 2), ':two': n(2) },
      };
      expect(await update(key, input)).toEqual({ ...key, to: s('moved'), bytes: b(1, 2), count: n(3) });
    });

    test('set 130 attributes at once', async () => {
      const key = keyOf(open().newPk(), 'a');
      const numbers = upTo(130);
      const sets = numbers.map((index) => `#n${index} = :v${index}`).join(', ');
      const result = await update(key, {
        UpdateExpression: `SET ${sets}`,
        ExpressionAttributeNames: Object.fromEntries(numbers.map((index) => [`#n${index}`, `metric ${index}`])),
        ExpressionAttributeValues: Object.fromEntries(numbers.map((index) => [`:v${index}`, b(index)])),
      });
      expect(result).toMatchObject({ 'metric 0': b(0), 'metric 129': b(129) });
    });

    test('return just what changed on request', async () => {
      const key = keyOf(open().newPk(), 'a');
      await open().put({ ...key, v: n(1), w: n(1) });
      const add = { UpdateExpression: 'ADD v :one', ExpressionAttributeValues: { ':one': n(1) } };
      expect(await update(key, { ...add, ReturnValues: 'UPDATED_NEW' })).toEqual({ v: n(2) });
      expect(await update(key, { ...add, ReturnValues: 'UPDATED_OLD' })).toEqual({ v: n(2) });
      expect(await update(key, { ...add, ReturnValues: 'ALL_OLD' })).toEqual({ ...key, v: n(3), w: n(1) });
      expect(await update(key, { ...add, ReturnValues: 'NONE' })).toBeUndefined();
    });

    test.each([
      ['change a key attribute', 'SET sk = :text'],
      ['add a number to a string', 'ADD v :one'],
      ['copy an absent attribute', 'SET w = absent'],
    ])('refuse to %s', async (_, UpdateExpression) => {
      const key = keyOf(open().newPk(), 'a');
      await open().put({ ...key, v: s('text') });
      const values = { ':text': s('x'), ':one': n(1) };
      const used = Object.entries(values).filter(([name]) => UpdateExpression.includes(name));
      const input = {
        UpdateExpression,
        ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
      };
      await expect(update(key, input)).rejects.toMatchObject({ name: 'ValidationException' });
    });

    test('lose none of 100 parallel additions', async () => {
      const key = keyOf(open().newPk(), 'counter');
      const add = { UpdateExpression: 'ADD v :one', ExpressionAttributeValues: { ':one': n(1) } };
      await Promise.all(upTo(100).map(() => update(key, add)));
      expect(await open().get(key)).toEqual({ ...key, v: n(100) });
    });
  });
};
