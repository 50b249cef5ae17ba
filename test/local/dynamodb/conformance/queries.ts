import {
  BatchWriteItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { type Item, keyOf, n, s, type TestTable, upTo } from './test-table.ts';

const KB = 1024;

/** Queries of one partition. */
export const describeQueries = (open: () => TestTable): void => {
  const fill = async (sortKeys: readonly string[], more: Item = {}): Promise<string> => {
    const { newPk, put } = open();
    const pk = newPk();
    for (const sk of sortKeys) await put({ ...keyOf(pk, sk), ...more });
    return pk;
  };
  const query = (pk: string, input: Partial<QueryCommandInput> = {}): Promise<QueryCommandOutput> => {
    const { client, name } = open();
    const { ExpressionAttributeValues: values, KeyConditionExpression: condition, ...rest } = input;
    return client.send(
      new QueryCommand({
        TableName: name,
        ConsistentRead: true,
        KeyConditionExpression: condition ? `pk = :pk AND ${condition}` : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': s(pk), ...values },
        ...rest,
      }),
    );
  };
  const sortKeysOf = ({ Items = [] }: QueryCommandOutput): readonly (string | undefined)[] =>
    Items.map(({ sk }) => sk?.S);

  describe('queries', () => {
    test.each([
      ['begins_with(sk, :a)', { ':a': s('b') }, ['b', 'b#', 'b1', 'ba']],
      ['begins_with(sk, :a)', { ':a': s('b#') }, ['b#']],
      ['sk BETWEEN :a AND :b', { ':a': s('a'), ':b': s('b1') }, ['a', 'b', 'b#', 'b1']],
      ['sk < :a', { ':a': s('b#') }, ['a', 'b']],
      ['sk >= :a', { ':a': s('b1') }, ['b1', 'ba', 'c']],
      ['sk = :a', { ':a': s('b') }, ['b']],
    ])('find the sort keys where %s with %j', async (KeyConditionExpression, ExpressionAttributeValues, expected) => {
      const pk = await fill(['c', 'ba', 'b1', 'b#', 'b', 'a']);
      const input = { KeyConditionExpression, ExpressionAttributeValues };
      expect(sortKeysOf(await query(pk, input))).toEqual(expected);
      expect(sortKeysOf(await query(pk, { ...input, ScanIndexForward: false }))).toEqual(expected.toReversed());
    });

    test('order sort keys by their UTF-8 bytes', async () => {
      const ordered = ['A', 'Z', 'a', '~', 'é', '\uff5e', '😀'];
      expect(sortKeysOf(await query(await fill(ordered.toReversed())))).toEqual(ordered);
    });

    test('find nothing in another partition', async () => {
      const pk = await fill(['a']);
      expect(await query(`${pk}0`)).toMatchObject({ Count: 0, Items: [] });
    });

    test.each([true, false])('page by Limit and ExclusiveStartKey, forward: %s', async (ScanIndexForward) => {
      const sortKeys = upTo(7).map((index) => `k${index}`);
      const pk = await fill(sortKeys);
      const found: (string | undefined)[] = [];
      let page: QueryCommandOutput | undefined;
      do {
        const { LastEvaluatedKey: ExclusiveStartKey } = page ?? {};
        page = await query(pk, { Limit: 3, ScanIndexForward, ...(ExclusiveStartKey && { ExclusiveStartKey }) });
        expect(page.Items?.length).toBeLessThanOrEqual(3);
        found.push(...sortKeysOf(page));
      } while (page.LastEvaluatedKey);
      expect(found).toEqual(ScanIndexForward ? sortKeys : sortKeys.toReversed());
    });

    test('go on from a key that is not there', async () => {
      const pk = await fill(['a', 'c']);
      expect(sortKeysOf(await query(pk, { ExclusiveStartKey: keyOf(pk, 'b') }))).toEqual(['c']);
    });

    test('go on inside a range', async () => {
      const pk = await fill(['a1', 'a2', 'a3', 'b1']);
      const input = { KeyConditionExpression: 'begins_with(sk, :a)', ExpressionAttributeValues: { ':a': s('a') } };
      const rest = await query(pk, { ...input, ExclusiveStartKey: keyOf(pk, 'a1') });
      expect(sortKeysOf(rest)).toEqual(['a2', 'a3']);
    });

    test('end a page at 1 MB and lose nothing between pages', async () => {
      const sortKeys = upTo(14).map((index) => `k${String(index).padStart(2, '0')}`);
      const pk = await fill(sortKeys, { bytes: { B: new Uint8Array(100 * KB) } });
      const first = await query(pk);
      expect(first.Items?.length).toBeGreaterThanOrEqual(10);
      expect(first.Items?.length).toBeLessThanOrEqual(11);
      expect(first.LastEvaluatedKey).toBeDefined();
      const second = await query(pk, { ExclusiveStartKey: first.LastEvaluatedKey });
      expect(second.LastEvaluatedKey).toBeUndefined();
      expect([...sortKeysOf(first), ...sortKeysOf(second)]).toEqual(sortKeys);
    });

    test('filter and project after the page is cut', async () => {
      const { newPk, put } = open();
      const pk = newPk();
      for (const index of upTo(4)) await put({ ...keyOf(pk, `k${index}`), v: n(index), w: n(0) });
      const page = await query(pk, {
        Limit: 3,
        FilterExpression: 'v >= :two',
        ProjectionExpression: 'v',
        ExpressionAttributeValues: { ':two': n(2) },
      });
      expect(page).toMatchObject({ Items: [{ v: n(2) }], Count: 1, ScannedCount: 3 });
      expect(page.LastEvaluatedKey).toEqual(keyOf(pk, 'k2'));
    });

    test('count without returning items', async () => {
      const page = await query(await fill(['a', 'b']), { Select: 'COUNT' });
      expect(page.Count).toBe(2);
      expect(page.Items ?? []).toEqual([]);
    });

    test('cost what all their items cost together, half when eventually consistent', async () => {
      const pk = await fill(
        upTo(8).map((index) => `k${index}`),
        { bytes: { B: new Uint8Array(KB) } },
      );
      const consistent = await query(pk, { ReturnConsumedCapacity: 'TOTAL' });
      const eventual = await query(pk, { ReturnConsumedCapacity: 'TOTAL', ConsistentRead: false });
      expect(consistent.ConsumedCapacity?.CapacityUnits).toBe(3);
      expect(eventual.ConsumedCapacity?.CapacityUnits).toBe(1.5);
    });

    test('see a write that was just acknowledged', async () => {
      const { client, name, newPk } = open();
      const pk = newPk();
      for (const index of upTo(10)) {
        const put = { PutRequest: { Item: keyOf(pk, `k${index}`) } };
        await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: [put] } }));
        expect((await query(pk)).Count).toBe(index + 1);
      }
    });
  });
};
