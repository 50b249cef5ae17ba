import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INT64_MAX, INT64_MIN } from '../../../functions/domain/int64.ts';
import { isNewer, type MetricPoint } from '../../../functions/domain/metric.ts';
import { allRuns } from '../all-runs.ts';
import { seededRandom, shuffle } from '../random-text.ts';
import { addRun, historyOf, point, stateOf, upTo } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

/** Points of few keys that often tie in step, and in step and time. */
const anyPoints = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', '__proto__', 'größe/1'),
    value: fc.oneof(fc.constantFrom(0, 1, -1, Number.MAX_VALUE), fc.double({ noNaN: true, noDefaultInfinity: true })),
    timestamp: fc.oneof(fc.nat({ max: 1 }), fc.nat()),
    step: fc.oneof(fc.integer({ min: -1, max: 1 }), fc.constantFrom(INT64_MIN, INT64_MAX)),
  }),
  { minLength: 1, maxLength: 24 },
);

/** The newest point of each key, as the domain compares them. */
function newestOf(points: readonly MetricPoint[]): ReadonlyMap<string, MetricPoint> {
  const newest = new Map<string, MetricPoint>();
  for (const each of points) {
    const current = newest.get(each.key);
    if (!current || isNewer(each, current)) newest.set(each.key, each);
  }
  return newest;
}

const byKey = (points: readonly MetricPoint[]) => new Map(points.map((each) => [each.key, each]));

const keysFrom = (start: number, count: number): readonly string[] =>
  upTo(count).map((at) => `layer/${String(start + at).padStart(6, '0')}/gradient-norm`);

const pointsOf = (keys: readonly string[], part: Partial<MetricPoint> = {}) =>
  keys.map((key) => point({ ...part, key }));

/** The last value of each metric of a run. */
export function describeLatestMetrics(open: OpenStore): void {
  describe('the last value of a metric', () => {
    test('comes with the run, by getRun and searchRuns, for other processes too', async () => {
      const { store, reopen } = await open();
      const run = await addRun(store);
      const points = [
        point({ key: 'a', value: Number.NaN }),
        point({ key: 'b', step: INT64_MAX, timestamp: INT64_MAX }),
      ];
      await store.appendMetrics(stateOf(run), points);
      expect(byKey((await reopen().getRun(run.runId)).metrics)).toEqual(byKey(points));
      expect(byKey((await allRuns(reopen(), '0'))[0]?.metrics ?? [])).toEqual(byKey(points));
    });

    test('stays with its run', async () => {
      const { store } = await open();
      const [a, b] = [await addRun(store), await addRun(store)];
      await store.appendMetrics(stateOf(a), [point({ value: 1 })]);
      await store.appendMetrics(stateOf(b), [point({ value: 2 })]);
      const values = new Map((await allRuns(store, '0')).map(({ run, metrics }) => [run.runId, metrics[0]?.value]));
      expect(values).toEqual(
        new Map([
          [a.runId, 1],
          [b.runId, 2],
        ]),
      );
    });

    test.each<[string, Partial<MetricPoint>, Partial<MetricPoint>]>([
      ['a later step', { step: 2, timestamp: 0 }, { step: 1, timestamp: 9 }],
      ['a later time at the same step', { timestamp: 2, value: 0 }, { timestamp: 1, value: 9 }],
      ['a greater value at the same step and time', { value: 2 }, { value: 1 }],
      ['a value over NaN', { value: 1 }, { value: Number.NaN }],
      ['NaN over a value below zero', { value: Number.NaN }, { value: -1 }],
      ['a step above zero over one below', { step: 0 }, { step: -1 }],
    ])('is %s, whichever comes first', async (_, greater, smaller) => {
      const { store } = await open();
      const [up, down, both] = [await addRun(store), await addRun(store), await addRun(store)];
      await store.appendMetrics(stateOf(up), [point(smaller)]);
      await store.appendMetrics(stateOf(up), [point(greater)]);
      await store.appendMetrics(stateOf(down), [point(greater)]);
      await store.appendMetrics(stateOf(down), [point(smaller)]);
      await store.appendMetrics(stateOf(both), [point(greater), point(smaller)]);
      for (const { runId } of [up, down, both]) expect((await store.getRun(runId)).metrics).toEqual([point(greater)]);
    });

    test('is the greatest of all that concurrent writers logged in any order', async () => {
      const { store, reopen } = await open();
      await fc.assert(
        fc.asyncProperty(anyPoints, fc.integer({ min: 1, max: 5 }), fc.nat(), async (points, size, seed) => {
          const run = await addRun(store);
          const mixed = shuffle(points, seededRandom(seed));
          const batches = upTo(Math.ceil(mixed.length / size)).map((at) => mixed.slice(at * size, (at + 1) * size));
          await Promise.all(batches.map((batch) => reopen().appendMetrics(stateOf(run), batch)));
          expect(byKey((await store.getRun(run.runId)).metrics)).toEqual(newestOf(points));
        }),
        { seed: 81, numRuns: 12 },
      );
    });

    test('moves for the newer of a batch of many keys and stays for the others', async () => {
      const { store } = await open();
      const run = await addRun(store);
      const keys = keysFrom(0, 200);
      await store.appendMetrics(stateOf(run), pointsOf(keys, { step: 5 }));
      const mixed = keys.map((key, at) => point({ key, step: at % 2 === 0 ? 4 : 6 }));
      await store.appendMetrics(stateOf(run), mixed);
      const steps = (await store.getRun(run.runId)).metrics.map(({ key, step }) => [key, step]);
      expect(new Map(steps as [string, number][])).toEqual(new Map(keys.map((key, at) => [key, at % 2 === 0 ? 5 : 6])));
    });

    test('is right for 70 keys and for 71, fresh and again', async () => {
      const { store } = await open();
      for (const count of [70, 71]) {
        const run = await addRun(store);
        for (const step of [1, 2]) {
          const points = pointsOf(keysFrom(0, count), { step });
          await store.appendMetrics(stateOf(run), points);
          expect(byKey((await store.getRun(run.runId)).metrics)).toEqual(byKey(points));
        }
      }
    });

    test('is kept for 70 keys of the longest names at once', async () => {
      const { store } = await open();
      const run = await addRun(store);
      const points = upTo(70).map((at) => point({ key: `${at}`.padEnd(250, '\u{20ac}') }));
      await store.appendMetrics(stateOf(run), points);
      expect(byKey((await store.getRun(run.runId)).metrics)).toEqual(byKey(points));
    });

    test('is right when batches of many keys race', async () => {
      const { store, reopen } = await open();
      const run = await addRun(store);
      const keys = keysFrom(0, 150);
      await Promise.all(upTo(8).map((step) => reopen().appendMetrics(stateOf(run), pointsOf(keys, { step }))));
      const latest = (await store.getRun(run.runId)).metrics;
      expect(byKey(latest)).toEqual(byKey(pointsOf(keys, { step: 7 })));
    });
  });

  describe('a run with very many metrics', () => {
    test('has 3,000 of them', async () => {
      const { store } = await open();
      const run = await addRun(store);
      for (const start of [0, 1000, 2000]) await store.appendMetrics(stateOf(run), pointsOf(keysFrom(start, 1000)));
      await store.appendMetrics(stateOf(run), [point({ key: keysFrom(1500, 1)[0] ?? '', step: 1 })]);
      const { metrics } = await store.getRun(run.runId);
      expect(metrics).toHaveLength(3000);
      expect(metrics.filter(({ step }) => step === 1)).toHaveLength(1);
    });

    test('has 12,000 of them, beyond one item, and each still moves forward and never back', async () => {
      const { store, reopen } = await open();
      const run = await addRun(store);
      const batches = upTo(12).map((at) => keysFrom(at * 1000, 1000));
      for (const keys of batches) await store.appendMetrics(stateOf(run), pointsOf(keys, { step: 1 }));
      const [first = '', last = ''] = [keysFrom(0, 1)[0], keysFrom(11_999, 1)[0]];
      await store.appendMetrics(stateOf(run), pointsOf([first, last], { step: 2 }));
      await store.appendMetrics(stateOf(run), pointsOf([first, last, 'new'], { step: 0 }));
      const latest = byKey((await reopen().getRun(run.runId)).metrics);
      expect(latest.size).toBe(12_001);
      expect([first, last, 'new'].map((key) => latest.get(key)?.step)).toEqual([2, 2, 0]);
      expect(await historyOf(reopen(), run.runId, last)).toHaveLength(3);
      expect(byKey((await allRuns(store, '0'))[0]?.metrics ?? []).size).toBe(12_001);
    });
  });
}
