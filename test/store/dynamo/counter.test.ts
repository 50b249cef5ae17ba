import { describe, expect, test } from 'vitest';
import { createCounter } from '../../../functions/store/dynamo/counter.ts';
import type { Table } from '../../../functions/store/dynamo/table.ts';
import { upTo } from '../samples.ts';

const refuse = () => {
  throw new Error('A counter only updates');
};

/** A table with one counter, which takes its time; `writes` tells what was added each time. */
function fakeCounterTable() {
  let total = 0;
  const writes: number[] = [];
  const failures = { left: 0 };
  const table: Table = {
    name: 't',
    get: refuse,
    getMany: refuse,
    query: refuse,
    queryFirst: refuse,
    writeTogether: refuse,
    put: refuse,
    transact: refuse,
    writeMany: refuse,
    update: async (_, { ExpressionAttributeValues: values }) => {
      const count = Number(values?.[':count']?.N);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      if (failures.left > 0) {
        failures.left -= 1;
        throw new Error('throttled');
      }
      writes.push(count);
      total += count;
      return { n: { N: String(total) } };
    },
  };
  return { table, writes, failures };
}

describe('createCounter', () => {
  test('counts up from 1, without gaps', async () => {
    const { table } = fakeCounterTable();
    const next = createCounter(table, 'experiment');
    expect(await next()).toBe(1);
    expect(await next()).toBe(2);
    expect(await Promise.all(upTo(5).map(next))).toEqual([3, 4, 5, 6, 7]);
    expect(await next()).toBe(8);
  });

  test('counts many that come while one is under way with one more write', async () => {
    const { table, writes } = fakeCounterTable();
    const next = createCounter(table, 'experiment');
    const first = next();
    // It is on its way once its turn has come.
    await Promise.resolve();
    await Promise.resolve();
    const others = upTo(15).map(next);
    expect([await first, ...(await Promise.all(others))]).toEqual(upTo(16).map((at) => at + 1));
    expect(writes).toEqual([1, 15]);
  });

  test('gives no number twice to several processes', async () => {
    const { table } = fakeCounterTable();
    const processes = upTo(4).map(() => createCounter(table, 'experiment'));
    const ask = async (at: number) => {
      for (const _ of upTo(at % 5)) await Promise.resolve();
      return processes[at % 4]?.();
    };
    const numbers = await Promise.all(upTo(100).map(ask));
    expect(new Set(numbers)).toEqual(new Set(upTo(100).map((at) => at + 1)));
  });

  test('tells a failure to those who shared the write, and counts on for the next', async () => {
    const { table, failures } = fakeCounterTable();
    const next = createCounter(table, 'experiment');
    failures.left = 1;
    const outcomes = await Promise.allSettled([next(), next()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await next()).toBe(1);
  });
});
