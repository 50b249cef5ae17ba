import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../../../functions/store/dynamo/client/operations.ts';
import { bringIn } from '../../../../functions/store/dynamo/only-writer/bring-in.ts';
import { keepItems } from '../../../../functions/store/dynamo/only-writer/keep-items.ts';
import type { Combine } from '../../../../functions/store/dynamo/only-writer/late-batch.ts';
import type { JournalEntry, WriteJournal } from '../../../../functions/store/dynamo/only-writer/write-journal.ts';
import { writeLate } from '../../../../functions/store/dynamo/only-writer/write-late.ts';
import { createRetry } from '../../../../functions/store/dynamo/retry.ts';
import { type Item, keyItem, openTable, type Table } from '../../../../functions/store/dynamo/table.ts';
import { faultEngine } from '../../fault-suite.ts';
import { createFaultyClient, type FaultPlan, serverError } from '../../faulty-client.ts';
import { upTo } from '../../samples.ts';

const engine = faultEngine();
const retry = createRetry(
  () => Promise.resolve(),
  () => 0,
);
/** Items of partition Q add up. */
const combine: Combine = {
  groupOf: (item) => (item.pk?.S === 'Q' ? 'Q' : undefined),
  merge: (items) => ({ n: { N: String(numbersOf(items).reduce((sum, n) => sum + n, 0)) } }),
};
/** What is late goes into the table within a second. */
const SOON = { timeout: 5_000 };
const P = { pk: 'P', skPrefix: '' };

const keyAt = (at: number, pk = 'P') => ({ pk, sk: String(at).padStart(4, '0') });
const itemAt = (at: number, n = at, more: Item = {}): Item => ({ ...keyItem(keyAt(at)), n: { N: String(n) }, ...more });
const numbersOf = (items: readonly Item[]) => items.map(({ n }) => Number(n?.N));
const write = (table: Table, item: Item) => ({ Put: { TableName: table.name, Item: { ...item } } });

/** A journal in memory, with what it holds in view. */
function memoryJournal(lastNumber = 0) {
  let entries: readonly JournalEntry[] = [];
  let failure: Error | undefined;
  const journal: WriteJournal = {
    lastNumber,
    bytes: () => entries.length,
    append: async (entry) => {
      await setImmediate();
      if (failure) throw failure;
      entries = [...entries, entry];
    },
    replace: async (kept) => {
      entries = kept;
    },
  };
  const fail = (error: Error | undefined) => {
    failure = error;
  };
  return { journal, fail, entries: () => entries };
}

async function open(plan: FaultPlan = () => undefined) {
  const { tableName } = await engine.openTable();
  const operations: OperationName[] = [];
  const { client } = createFaultyClient(engine.connection(), (call) => {
    operations.push(call.operation);
    return plan(call);
  });
  const bare = openTable(client, tableName, retry);
  const kept = memoryJournal();
  const reports: string[] = [];
  const late = writeLate(
    { table: bare, retry, combine },
    { journal: kept.journal, report: (message) => reports.push(message) },
  );
  return { ...kept, bare, late, operations, reports };
}

describe('a late item', () => {
  test('is acknowledged when it is in the journal, before the table has it', async () => {
    const { late, entries, operations } = await open();
    await late.putLate(itemAt(1));
    expect(entries()).toEqual([{ number: 1, items: [itemAt(1)] }]);
    expect(operations).toEqual([]);
  });

  test('is found by its key at once', async () => {
    const { late, bare } = await open();
    await bare.put(itemAt(2));
    await late.putLate(itemAt(1));
    expect(await late.get(keyAt(1))).toEqual(itemAt(1));
    expect(numbersOf(await late.getMany([keyAt(1), keyAt(2), keyAt(3)]))).toEqual([1, 2]);
  });

  test('goes into the table by itself a little later', async () => {
    const { late, bare } = await open();
    await late.putLate(itemAt(1));
    await expect.poll(() => bare.get(keyAt(1)), SOON).toEqual(itemAt(1));
  });

  test.each<[string, (table: Table) => Promise<readonly Item[]>]>([
    ['all of a range', (table) => table.query(P)],
    ['the first of a range', (table) => table.queryFirst(P, 5, 5)],
  ])('is in the table before anyone reads %s', async (_, read) => {
    const { late } = await open();
    await Promise.all([late.putLate(itemAt(2)), late.putLate(itemAt(1))]);
    expect(numbersOf(await read(late))).toEqual([1, 2]);
  });

  test('makes nobody wait who reads another partition', async () => {
    const { late, operations } = await open();
    await late.putLate(itemAt(1));
    await late.query({ pk: 'Q', skPrefix: '' });
    expect(operations).toEqual(['Query']);
  });

  const ifOne = { expression: 'n = :n', values: { ':n': { N: '1' } } };
  test.each<[string, (table: Table) => Promise<unknown>]>([
    ['a put', (table) => table.put(itemAt(1, 2), ifOne)],
    [
      'an update',
      (table) =>
        table.update(keyAt(1), {
          UpdateExpression: 'SET n = :m',
          ConditionExpression: 'n = :n',
          ExpressionAttributeValues: { ':m': { N: '2' }, ':n': { N: '1' } },
        }),
    ],
    ['a transaction', (table) => table.transact([write(table, itemAt(1, 2))])],
    ['writes together', (table) => table.writeTogether([write(table, itemAt(1, 2))])],
    ['many writes', (table) => table.writeMany([itemAt(1, 2)], [])],
  ])('comes before %s of it', async (_, overwrite) => {
    const { late, bare } = await open();
    await late.putLate(itemAt(1));
    await overwrite(late);
    await late.settle();
    expect(await bare.get(keyAt(1))).toEqual(itemAt(1, 2));
  });

  test('comes before a transaction that only looks at it', async () => {
    const { late } = await open();
    const check = {
      TableName: late.name,
      Key: keyItem(keyAt(1)),
      ConditionExpression: 'n = :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
    };
    await late.putLate(itemAt(1));
    await late.transact([{ ConditionCheck: check }, write(late, itemAt(2))]);
    expect(await late.get(keyAt(2))).toEqual(itemAt(2));
  });

  test('comes before a write that begins while it goes into the journal', async () => {
    const { late, bare } = await open();
    await Promise.all([late.putLate(itemAt(1)), late.put(itemAt(1, 2))]);
    await late.settle();
    expect(await bare.get(keyAt(1))).toEqual(itemAt(1, 2));
  });
});

describe('late items together', () => {
  test('are one entry of the journal when they come at the same time', async () => {
    const { late, entries } = await open();
    await Promise.all(upTo(5).map((at) => late.putLate(itemAt(at))));
    expect(entries().map(({ items }) => items.length)).toEqual([5]);
  });

  test('go into the table a hundred at a time, of each only its newest state', async () => {
    const { late, bare, operations } = await open();
    for (const n of upTo(3)) await Promise.all(upTo(120).map((at) => late.putLate(itemAt(at, at + n))));
    await late.settle();
    expect(operations).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(numbersOf(await bare.query(P))).toEqual(upTo(120).map((at) => at + 2));
  });

  test('are one item where they may be, at the place of the first', async () => {
    const { late, bare } = await open();
    for (const at of upTo(300)) await late.putLate({ ...keyItem(keyAt(at + 1, 'Q')), n: { N: '1' } });
    await late.settle();
    expect(await bare.query({ pk: 'Q', skPrefix: '' })).toEqual([{ ...keyItem(keyAt(1, 'Q')), n: { N: '300' } }]);
  });

  test('are several items where one would be too large', async () => {
    const { late, bare } = await open();
    const more = { text: { S: 'x'.repeat(60_000) } };
    await Promise.all(upTo(7).map((at) => late.putLate({ ...keyItem(keyAt(at, 'Q')), n: { N: '1' }, ...more })));
    await late.settle();
    expect(numbersOf(await bare.query({ pk: 'Q', skPrefix: '' }))).toEqual([3, 3, 1]);
  });

  test('let writers wait when the table cannot keep up', async () => {
    const { late, operations } = await open();
    const text = { text: { S: 'x'.repeat(370_000) } };
    for (const at of upTo(30)) await late.putLate(itemAt(at, at, text));
    expect(operations).toContain('TransactWriteItems');
    await late.settle();
    expect(numbersOf(await late.query(P))).toEqual(upTo(30));
  });

  test('are several entries where one would be too large', async () => {
    const { late, entries } = await open();
    const text = { text: { S: 'x'.repeat(300_000) } };
    await Promise.all(upTo(30).map((at) => late.putLate(itemAt(at, at, text))));
    expect(entries().length).toBeGreaterThan(1);
    expect(entries().flatMap(({ items }) => numbersOf(items))).toEqual(upTo(30));
    expect(numbersOf(await late.query(P))).toEqual(upTo(30));
  });

  test('shorten a long journal to what is still late', async () => {
    const { late, journal, entries } = await open();
    const long: WriteJournal = { ...journal, bytes: () => 20_000_000 };
    const bench = writeLate({ table: late, retry, combine }, { journal: long, report: () => undefined });
    await bench.putLate(itemAt(1));
    await bench.putLate(itemAt(1, 2));
    await bench.settle();
    await bench.putLate(itemAt(3));
    expect(entries()).toEqual([{ number: 3, items: [itemAt(3)] }]);
  });
});

describe('what goes wrong', () => {
  test('in the journal is told to whoever put, and nothing of it stands', async () => {
    const { late, bare, fail } = await open();
    fail(new Error('disk full'));
    await expect(late.putLate(itemAt(1))).rejects.toThrow('disk full');
    fail(undefined);
    await late.putLate(itemAt(2));
    expect(numbersOf(await late.query(P))).toEqual([2]);
    expect(await bare.get(keyAt(1))).toBeUndefined();
  });

  test('in the table is reported, loses nothing and is tried again by the next write', async () => {
    let isDown = true;
    const { late, bare, reports } = await open(() => (isDown ? serverError() : undefined));
    await late.putLate(itemAt(1));
    await expect.poll(() => reports.length, SOON).toBe(1);
    await expect(late.query(P)).rejects.toMatchObject({ code: 'InternalServerError' });
    expect(await late.get(keyAt(1))).toEqual(itemAt(1));
    isDown = false;
    await late.putLate(itemAt(2));
    await expect.poll(async () => numbersOf(await bare.query(P)), SOON).toEqual([1, 2]);
  });

  test('after the table took what is late, so that it is sent again, does no harm', async () => {
    let isFirst = true;
    const { late, bare } = await open(({ operation }) => {
      const isLost = isFirst && operation === 'TransactWriteItems';
      if (isLost) isFirst = false;
      return isLost ? { kind: 'answer lost', times: 100 } : undefined;
    });
    await late.putLate(itemAt(1));
    await expect(late.settle()).rejects.toThrow();
    await late.settle();
    expect(numbersOf(await bare.query(P))).toEqual([1]);
  });
});

describe('after a process has died', () => {
  test('its journal is brought into the table, the newest state of each item', async () => {
    const { late, bare, entries } = await open();
    for (const n of [1, 2]) await Promise.all(upTo(150).map((at) => late.putLate(itemAt(at, at + n))));
    expect(await bringIn({ table: bare, retry, combine }, entries())).toBe(2);
    expect(numbersOf(await bare.query(P))).toEqual(upTo(150).map((at) => at + 2));
  });

  test('nothing is applied over what was written after it', async () => {
    const { late, bare, entries } = await open();
    await late.putLate(itemAt(1));
    await late.writeMany([], [keyAt(1)]);
    await late.putLate(itemAt(2));
    expect(await bringIn({ table: bare, retry, combine }, entries())).toBe(2);
    expect(numbersOf(await bare.query(P))).toEqual([2]);
  });

  test('a second death while it is brought in changes nothing', async () => {
    const { late, bare, entries } = await open();
    await Promise.all(upTo(150).map((at) => late.putLate(itemAt(at))));
    let sent = 0;
    const dying: Table = {
      ...bare,
      writeTogether: async (items) => {
        sent += 1;
        if (sent > 1) throw new Error('killed');
        await bare.writeTogether(items);
      },
    };
    await expect(bringIn({ table: dying, retry, combine }, entries())).rejects.toThrow('killed');
    expect(await bringIn({ table: bare, retry, combine }, entries())).toBe(1);
    expect(numbersOf(await bare.query(P))).toEqual(upTo(150));
  });

  test('its numbers are not used again', async () => {
    const { late, bare, entries } = await open();
    await late.putLate(itemAt(1));
    const lastNumber = await bringIn({ table: bare, retry, combine }, entries());
    const { journal, entries: next } = memoryJournal(lastNumber);
    await writeLate({ table: bare, retry, combine }, { journal, report: () => undefined }).putLate(itemAt(2));
    expect(next().map(({ number }) => number)).toEqual([2]);
    expect(await bringIn({ table: bare, retry, combine }, next())).toBe(2);
    expect(numbersOf(await bare.query(P))).toEqual([1, 2]);
  });

  test('an empty journal goes on where the table is', async () => {
    const { late, bare } = await open();
    await late.putLate(itemAt(1));
    await late.settle();
    expect(await bringIn({ table: bare, retry, combine }, [])).toBe(1);
  });
});

describe('items that are kept', () => {
  const versioned = (version: number): Item => itemAt(1, version, { v: { N: String(version) } });
  const ifVersion = (version: number) => ({ expression: 'v = :v', values: { ':v': { N: String(version) } } });

  async function openKept(plan?: FaultPlan) {
    const bench = await open(plan);
    return { ...bench, table: keepItems(bench.late) };
  }

  test('go into the table late when their condition is known to hold', async () => {
    const { table, bare, operations } = await openKept();
    await bare.put(versioned(1));
    await table.get(keyAt(1));
    operations.length = 0;
    await table.put(versioned(2), ifVersion(1));
    const toThree = { UpdateExpression: 'SET v = :w', ConditionExpression: 'v = :v' };
    const values = { ':v': { N: '2' }, ':w': { N: '3' } };
    await table.update(keyAt(1), { ...toThree, ExpressionAttributeValues: values }, versioned(3));
    expect(operations).toEqual([]);
    expect(numbersOf(await table.query(P))).toEqual([3]);
  });

  test('are refused by the table when their condition does not hold', async () => {
    const { table, bare } = await openKept();
    await bare.put(versioned(1));
    await table.get(keyAt(1));
    await expect(table.put(versioned(3), ifVersion(2))).rejects.toMatchObject({
      code: 'ConditionalCheckFailedException',
    });
    expect(await table.get(keyAt(1))).toEqual(versioned(1));
  });

  test('let one of two writers through', async () => {
    const { table, bare } = await openKept();
    await bare.put(versioned(1));
    await table.get(keyAt(1));
    const outcomes = await Promise.allSettled([1, 2].map(() => table.put(versioned(2), ifVersion(1))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('are what the table has when a write of them was lost', async () => {
    const { table, bare, fail } = await openKept();
    await bare.put(versioned(1));
    await table.get(keyAt(1));
    fail(new Error('disk full'));
    await expect(table.put(versioned(2), ifVersion(1))).rejects.toThrow('disk full');
    fail(undefined);
    expect(await table.get(keyAt(1))).toEqual(versioned(1));
    await table.put(versioned(2), ifVersion(1));
    expect(await table.get(keyAt(1))).toEqual(versioned(2));
  });

  test('go there at once when they are large', async () => {
    const { table, bare, operations } = await openKept();
    await bare.put(versioned(1));
    await table.get(keyAt(1));
    operations.length = 0;
    await table.put({ ...versioned(2), text: { S: 'x'.repeat(20_000) } }, ifVersion(1));
    expect(operations).toEqual(['PutItem']);
  });

  test('go there at once when it is not known what they are', async () => {
    const { table, bare, operations } = await openKept();
    await bare.put(versioned(1));
    operations.length = 0;
    await table.put(versioned(2), ifVersion(1));
    expect(operations).toEqual(['PutItem']);
  });
});
