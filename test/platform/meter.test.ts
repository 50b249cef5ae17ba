import { describe, expect, test } from 'vitest';
import { type Cost, NO_COST } from '../../functions/domain/cost.ts';
import { createMeter } from '../../functions/platform/meter.ts';

/** Measures `work` and gives the cost that was told. */
async function costOf(meter: ReturnType<typeof createMeter>, work: () => Promise<unknown>): Promise<Cost> {
  const told: Cost[] = [];
  await meter.measure(work, (cost) => told.push(cost)).catch(() => undefined);
  expect(told).toHaveLength(1);
  return told[0] ?? NO_COST;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a meter', () => {
  test('adds up what work consumes across its awaits, and gives its result', async () => {
    const meter = createMeter();
    const told: Cost[] = [];
    const work = async () => {
      meter.record({ writeUnits: 2 });
      await turn();
      meter.record({ writeUnits: 1, s3Gets: 1 });
      return 'result';
    };
    expect(await meter.measure(work, (cost) => told.push(cost))).toBe('result');
    expect(told).toEqual([{ ...NO_COST, writeUnits: 3, s3Gets: 1 }]);
  });

  test('bills work side by side to each its own', async () => {
    const meter = createMeter();
    const work = (units: number) => async () => {
      for (let left = units; left > 0; left -= 1) {
        await turn();
        meter.record({ readUnits: 1 });
      }
    };
    const costs = await Promise.all([3, 1, 2].map((units) => costOf(meter, work(units))));
    expect(costs.map(({ readUnits }) => readUnits)).toEqual([3, 1, 2]);
  });

  test('gives work within work a bill of its own', async () => {
    const meter = createMeter();
    let inner = NO_COST;
    const outer = await costOf(meter, async () => {
      meter.record({ readUnits: 1 });
      inner = await costOf(meter, async () => meter.record({ readUnits: 10 }));
      meter.record({ readUnits: 1 });
    });
    expect([outer.readUnits, inner.readUnits]).toEqual([2, 10]);
  });

  test('tells the cost of work that fails, and passes its error on', async () => {
    const meter = createMeter();
    const told: Cost[] = [];
    const work = async () => {
      meter.record({ writeUnits: 1 });
      throw new Error('failed');
    };
    await expect(meter.measure(work, (cost) => told.push(cost))).rejects.toThrow('failed');
    expect(told).toEqual([{ ...NO_COST, writeUnits: 1 }]);
  });

  test('bills nobody for what no work consumes', async () => {
    const meter = createMeter();
    meter.record({ writeUnits: 1 });
    expect(await costOf(meter, turn)).toEqual(NO_COST);
  });
});
