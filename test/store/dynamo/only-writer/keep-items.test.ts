import { beforeEach, describe, expect, test } from 'vitest';
import { keepItems } from '../../../../functions/store/dynamo/only-writer/keep-items.ts';
import { createRetry } from '../../../../functions/store/dynamo/retry.ts';
import { type Item, keyItem, openTable, type Table } from '../../../../functions/store/dynamo/table.ts';
import { faultEngine } from '../../fault-suite.ts';
import { createFaultyClient, type FaultPlan, unanswered } from '../../faulty-client.ts';
import { upTo } from '../../samples.ts';

const engine = faultEngine();
const A = { pk: 'P', sk: 'a' };
const B = { pk: 'P', sk: 'b' };
const ALWAYS = { expression: 'attribute_exists(pk) OR attribute_not_exists(pk)' };
const NEVER = { expression: 'attribute_exists(nothing)' };

const item = (key: typeof A, n: number): Item => ({ ...keyItem(key), n: { N: String(n) } });
const setTo = (n: number) => ({
  UpdateExpression: 'SET n = :n',
  ExpressionAttributeValues: { ':n': { N: String(n) } },
});

let bare: Table;
let table: Table;
let countCalls: () => number;

async function open(plan: FaultPlan = () => undefined, maxBytes?: number) {
  const { tableName } = await engine.openTable();
  const faulty = createFaultyClient(engine.connection(), plan);
  const retry = createRetry(
    () => Promise.resolve(),
    () => 0,
  );
  bare = openTable(faulty.client, tableName, retry);
  table = keepItems(bare, maxBytes);
  countCalls = faulty.countCalls;
}

/** How many calls it takes. */
async function callsOf(act: () => Promise<unknown>): Promise<number> {
  const before = countCalls();
  await act();
  return countCalls() - before;
}

beforeEach(() => open());

describe('an item that is kept', () => {
  test('is one that was read, or found not to be there', async () => {
    await bare.put(item(A, 1));
    expect(await table.get(A)).toEqual(item(A, 1));
    expect(await table.get(B)).toBeUndefined();
    expect(await callsOf(async () => expect(await table.get(A)).toEqual(item(A, 1)))).toBe(0);
    expect(await callsOf(async () => expect(await table.get(B)).toBeUndefined())).toBe(0);
  });

  test('is one that was put under a condition', async () => {
    await table.put(item(A, 1), ALWAYS);
    expect(await callsOf(async () => expect(await table.get(A)).toEqual(item(A, 1)))).toBe(0);
  });

  test('is one whose writer knew what an update makes of it', async () => {
    await table.update(A, setTo(2), item(A, 2));
    expect(await callsOf(async () => expect(await table.get(A)).toEqual(item(A, 2)))).toBe(0);
  });

  test('is not asked for among others', async () => {
    await bare.put(item(B, 2));
    await table.put(item(A, 1), ALWAYS);
    expect(await table.getMany([A, B])).toEqual([item(A, 1), item(B, 2)]);
    expect(await callsOf(() => table.getMany([A]))).toBe(0);
    expect(await callsOf(() => table.getMany([A, B]))).toBe(1);
  });

  test('is forgotten when others were used since and there is no room', async () => {
    await open(undefined, 3000);
    const keys = upTo(4).map((at) => ({ pk: 'P', sk: String(at) }));
    for (const key of keys.slice(0, 2)) await table.put(item(key, 1), ALWAYS);
    const [first = A, second = A, ...others] = keys;
    await table.get(first);
    for (const key of others) await table.put(item(key, 1), ALWAYS);
    expect(await callsOf(() => table.get(others.at(-1) ?? A))).toBe(0);
    expect(await callsOf(() => table.get(second))).toBe(1);
  });
});

describe('an item that is read anew', () => {
  const change: readonly [string, () => Promise<unknown>][] = [
    ['put without a condition, as one of many', () => table.put(item(A, 2))],
    ['updated', () => table.update(A, setTo(2))],
    ['put in a transaction', () => table.transact([{ Put: { TableName: table.name, Item: { ...item(A, 2) } } }])],
    [
      'updated in a transaction',
      () => table.transact([{ Update: { TableName: table.name, Key: keyItem(A), ...setTo(2) } }]),
    ],
    [
      'put together with others',
      () => table.writeTogether([{ Put: { TableName: table.name, Item: { ...item(A, 2) } } }]),
    ],
    ['put among others', () => table.writeMany([item(B, 1), item(A, 2)], [])],
  ];

  test.each(change)('is one that was %s', async (_, write) => {
    await table.put(item(A, 1), ALWAYS);
    await write();
    expect(await table.get(A)).toEqual(item(A, 2));
  });

  test('is one that was deleted', async () => {
    await table.put(item(A, 1), ALWAYS);
    await table.writeMany([], [A]);
    expect(await table.get(A)).toBeUndefined();
    await table.put(item(A, 1), ALWAYS);
    await table.transact([{ Delete: { TableName: table.name, Key: keyItem(A) } }]);
    expect(await table.get(A)).toBeUndefined();
  });

  test('is one whose write was refused', async () => {
    await table.put(item(A, 1), ALWAYS);
    await expect(table.put(item(A, 2), NEVER)).rejects.toThrow();
    expect(await callsOf(async () => expect(await table.get(A)).toEqual(item(A, 1)))).toBe(1);
  });

  test('is one of whose write nobody knows what became', async () => {
    await open(({ operation, number }) => (operation === 'PutItem' && number > 1 ? unanswered() : undefined));
    await table.put(item(A, 1), ALWAYS);
    await expect(table.put(item(A, 2), ALWAYS)).rejects.toThrow();
    expect(await callsOf(() => table.get(A))).toBe(1);
  });

  test('is one that is being written meanwhile', async () => {
    await table.put(item(A, 1), ALWAYS);
    const write = table.put(item(A, 2), ALWAYS);
    expect(await callsOf(() => table.get(A))).toBe(1);
    await write;
    expect(await table.get(A)).toEqual(item(A, 2));
  });

  test('is one that was read while it was written, and one that two have written at once', async () => {
    const read = table.get(A);
    await Promise.all([table.put(item(A, 1), ALWAYS), read]);
    expect(await table.get(A)).toEqual(item(A, 1));
    await Promise.all(upTo(5).map((n) => table.put(item(A, n), ALWAYS)));
    expect(await table.get(A)).toEqual(await bare.get(A));
  });
});
