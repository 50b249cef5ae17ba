import { describe, expect, test } from 'vitest';
import { compareByStep, compareByTime, inHistoryOrder, type MetricPoint } from '../../../functions/domain/metric.ts';
import { evenRanks } from '../../../functions/domain/metric-sample.ts';
import { pointOfRow, pointsOf } from '../../../functions/domain/point-columns.ts';
import type { SampleRequest, Store } from '../../../functions/store/store.ts';
import { randomText, seededRandom } from '../random-text.ts';
import { addRun, historyOf, point, stateOf, upTo } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

/** Points as a training loop logs them, `count` a call. */
const trainingPoints = (calls: number, count: number, key = 'loss'): readonly (readonly MetricPoint[])[] => {
  const random = seededRandom(calls + count);
  return upTo(calls).map((call) =>
    upTo(count).map((at) => {
      const step = call * count + at;
      const timestamp = 1_700_000_000_000 + step * 90 + Math.floor(random() * 80);
      return point({ key, step, value: random(), timestamp });
    }),
  );
};

/** A run to which each of `calls` was logged. */
async function runWith(store: Store, calls: readonly (readonly MetricPoint[])[]) {
  const run = await addRun(store);
  for (const points of calls) await store.appendMetrics(stateOf(run), points);
  return run;
}

/** All pages of a history, put together. */
async function pagesOf(store: Store, runId: string, key: string, limit: number): Promise<readonly MetricPoint[]> {
  const found: MetricPoint[] = [];
  for (;;) {
    const after = found.at(-1);
    const { points, hasMore } = await store.readMetricHistory(runId, key, { limit, ...(after && { after }) });
    found.push(...pointsOf(key, points));
    expect(points.values.length).toBe(hasMore ? limit : Math.min(limit, points.values.length));
    if (!hasMore) return found;
  }
}

const sample = async (store: Store, runId: string, key: string, request: Partial<SampleRequest>) => {
  const { count, points } = await store.sampleMetricHistory(runId, key, {
    kind: 'even',
    x: 'step',
    maxPoints: 50,
    ...request,
  });
  return { count, points: pointsOf(key, points) };
};

/** What was appended to metrics may lie in items of these kinds. */
const countKinds = (keys: readonly { readonly pk: string; readonly sk: string }[]) => {
  const inHistory = keys.filter(({ pk }) => pk.startsWith('METRICS#'));
  const count = (prefix: string) => inHistory.filter(({ sk }) => sk.startsWith(prefix)).length;
  return { appended: count('S#'), shared: count('P#'), chunks: count('C#'), indexes: count('X#') };
};

/** Packing: that nobody sees a difference. */
export function describePackedMetrics(open: OpenStore): void {
  describe('packMetrics', () => {
    test('leaves a short history as it is, of a run that is over, too', async () => {
      const { store, snapshot } = await open();
      const run = await runWith(store, trainingPoints(7, 3));
      const before = await snapshot();
      expect(await store.packMetrics(run.runId, { force: true })).toEqual({ calls: 0, points: 0 });
      expect(await store.packMetrics(store.newRunId('0'))).toEqual({ calls: 0, points: 0 });
      expect(await store.packMetrics('x', { force: true })).toEqual({ calls: 0, points: 0 });
      expect(await snapshot()).toEqual(before);
    });

    test('gives a metric with many points chunks of its own, of 25,000 points', async () => {
      const { store, keys, reopen } = await open();
      const calls = trainingPoints(64, 800);
      const run = await runWith(store, calls);
      await store.packMetrics(run.runId);
      expect(countKinds(await keys())).toEqual({ appended: 0, shared: 0, chunks: 3, indexes: 1 });
      expect(await historyOf(reopen(), run.runId, 'loss')).toEqual(calls.flat());
      expect(await pagesOf(reopen(), run.runId, 'loss', 25_000)).toEqual(calls.flat());
      expect(await pagesOf(reopen(), run.runId, 'loss', 17_001)).toEqual(calls.flat());
    });

    test('keeps NaN, the ends of int64 and values bit by bit', async () => {
      const { store, reopen } = await open();
      const odd = [
        point({ step: -(2n ** 63n), timestamp: 2n ** 63n - 1n }),
        point({ value: Number.NaN }),
        point({ value: Number.MIN_VALUE, step: 2n ** 53n + 1n }),
        point({ value: -Number.MAX_VALUE, timestamp: 0 }),
      ];
      const run = await runWith(store, [odd, ...trainingPoints(8, 100)]);
      await store.packMetrics(run.runId, { force: true });
      const expected = inHistoryOrder([...odd, ...trainingPoints(8, 100).flat()]);
      expect(await historyOf(reopen(), run.runId, 'loss')).toEqual(expected);
    });

    test('counts points once that come late or again, wherever they fall', async () => {
      const { store, keys, reopen } = await open();
      const calls = trainingPoints(16, 1000);
      const everyOther = calls.filter((_, at) => at % 2 === 0);
      const run = await runWith(store, everyOther);
      await store.packMetrics(run.runId, { force: true });
      for (const points of calls) await store.appendMetrics(stateOf(run), points);
      const expected = calls.flat();
      expect(await historyOf(reopen(), run.runId, 'loss')).toEqual(expected);
      expect(await pagesOf(reopen(), run.runId, 'loss', 3000)).toEqual(expected);
      await store.packMetrics(run.runId, { force: true });
      expect(countKinds(await keys()).appended).toBe(0);
      expect(await historyOf(reopen(), run.runId, 'loss')).toEqual(expected);
      expect((await sample(store, run.runId, 'loss', {})).count).toBe(expected.length);
    });

    test('agrees with a list, whatever is logged and packed, by one or two at once', async () => {
      const { store, reopen, another } = await open();
      const random = seededRandom(4);
      const below = (limit: number) => Math.floor(random() * limit);
      const run = await addRun(store);
      const logged: MetricPoint[] = [];
      for (const round of upTo(8)) {
        const calls = upTo(12).map(() =>
          upTo(1 + below(40)).map(() =>
            point({ key: `k${below(3)}`, step: below(30), timestamp: below(round * 40 + 20), value: below(3) }),
          ),
        );
        for (const points of calls) await store.appendMetrics(stateOf(run), points);
        logged.push(...calls.flat());
        const packers = upTo(1 + below(2)).map(() => another().packMetrics(run.runId, { force: true }));
        const reader = another();
        const seen = await Promise.all(upTo(3).map((at) => historyOf(reader, run.runId, `k${at}`)));
        await Promise.all(packers);
        for (const at of upTo(3)) {
          const expected = inHistoryOrder(logged.filter(({ key }) => key === `k${at}`));
          expect(seen[at]).toEqual(expected);
          expect(await historyOf(reopen(), run.runId, `k${at}`)).toEqual(expected);
          expect(await pagesOf(store, run.runId, `k${at}`, 1 + below(300))).toEqual(expected);
        }
      }
    });

    test('loses nothing of what is logged and read while several pack', async () => {
      const { store, reopen, another } = await open();
      const run = await addRun(store);
      const calls = trainingPoints(60, 20);
      let done = 0;
      const write = async () => {
        for (const points of calls) {
          await store.appendMetrics(stateOf(run), points);
          done += points.length;
        }
      };
      const writing = write();
      const pack = async () => {
        const packer = another();
        while (done < calls.length * 20) await packer.packMetrics(run.runId, { force: true });
      };
      const read = async () => {
        const reader = another();
        while (done < calls.length * 20) {
          const atLeast = done;
          const steps = (await historyOf(reader, run.runId, 'loss')).map(({ step }) => step);
          // Of what is being logged, the last value may be seen first.
          expect(steps.slice(0, atLeast)).toEqual(upTo(atLeast));
        }
      };
      await Promise.all([writing, pack(), pack(), read()]);
      expect(await historyOf(reopen(), run.runId, 'loss')).toEqual(calls.flat());
    });
  });

  describe('sampleMetricHistory', () => {
    const isWithin =
      (from: number, to: number) =>
      ({ step }: MetricPoint): boolean =>
        step >= from && step <= to;

    test('samples packed points, appended ones and those that came late as if there were no difference', async () => {
      const { store } = await open();
      const calls = trainingPoints(30, 100);
      const run = await runWith(store, calls.slice(0, 20));
      await store.packMetrics(run.runId, { force: true });
      for (const points of calls.slice(15)) await store.appendMetrics(stateOf(run), points);
      for (const [from, to] of [
        [0, 2999],
        [150, 2500],
        [1999, 2000],
        [5000, 6000],
      ] as const) {
        const expected = calls.flat().filter(isWithin(from, to));
        const ranks = evenRanks(expected.length, 50);
        expect(await sample(store, run.runId, 'loss', { from, to })).toEqual({
          count: expected.length,
          points: ranks.map((rank) => expected[rank]),
        });
      }
    });

    test('orders by step where steps fall with time', async () => {
      const { store } = await open();
      const points = upTo(400).map((at) => point({ step: 400 - at, timestamp: at, value: at % 7 }));
      const run = await runWith(
        store,
        upTo(8).map((call) => points.slice(call * 50, (call + 1) * 50)),
      );
      await store.packMetrics(run.runId, { force: true });
      const byStep = points.toSorted(compareByStep);
      const whole = await sample(store, run.runId, 'loss', { maxPoints: 400 });
      expect(whole.points).toEqual(byStep);
      const zoomed = await sample(store, run.runId, 'loss', { from: 20, to: 30 });
      expect(zoomed.points).toEqual(byStep.filter(isWithin(20, 30)));
      const byTime = await sample(store, run.runId, 'loss', { x: 'timestamp', from: 20, to: 30 });
      expect(byTime.points).toEqual(points.slice(20, 31));
    });

    test('keeps the first, the last, the least and the greatest, from headers or from the points', async () => {
      const { store, reopen } = await open();
      const calls = trainingPoints(64, 800).map((points) => points.map((each) => ({ ...each })));
      const spikes = [point({ step: 30_333, timestamp: 1_700_002_730_001, value: 1e9 })];
      const run = await runWith(store, [...calls, spikes]);
      await store.packMetrics(run.runId);
      const all = inHistoryOrder([...calls.flat(), ...spikes]);
      for (const maxPoints of [4, 20, 45, 60, 300]) {
        const request = { kind: 'extremes', x: 'timestamp', maxPoints } as const;
        const { count, points } = await sample(reopen(), run.runId, 'loss', request);
        expect(count).toBe(all.length);
        expect(points.length).toBeLessThanOrEqual(maxPoints);
        expect(points.length).toBeGreaterThan(maxPoints / 3);
        expect([points[0], points.at(-1)]).toEqual([all[0], all.at(-1)]);
        expect(points).toContainEqual(spikes[0]);
        expect(points).toEqual(points.toSorted(compareByTime));
      }
    });

    test('is empty for an unknown run and metric', async () => {
      const { store } = await open();
      const run = await runWith(store, [[point()]]);
      for (const [runId, key] of [
        [run.runId, 'other'],
        ['x', 'loss'],
      ] as const) {
        expect(await sample(store, runId, key, {})).toEqual({ count: 0, points: [] });
        expect(await sample(store, runId, key, { kind: 'extremes', from: 1 })).toEqual({ count: 0, points: [] });
      }
    });
  });

  describe('a page of history', () => {
    test('continues behind a position that is no point, and before the first', async () => {
      const { store } = await open();
      const points = upTo(20).map((at) => point({ step: at * 10, timestamp: at * 10 }));
      const run = await runWith(store, [points]);
      const after = point({ step: 55, timestamp: 55 });
      const page = await store.readMetricHistory(run.runId, 'loss', { after, limit: 3 });
      expect(pointsOf('loss', page.points)).toEqual(points.slice(6, 9));
      expect(page.hasMore).toBe(true);
      const early = await store.readMetricHistory(run.runId, 'loss', { after: point({ timestamp: -1 }), limit: 50 });
      expect(early.hasMore).toBe(false);
      expect(pointOfRow('loss', early.points, 0)).toEqual(points[0]);
    });
  });
}

/** Packing: what it makes of the items, where each log call has one. */
export function describePackedItems(open: OpenStore): void {
  describe('packMetrics', () => {
    test('waits for 64 log calls, unless the run is over', async () => {
      const { store } = await open();
      const run = await runWith(store, trainingPoints(63, 1));
      expect(await store.packMetrics(run.runId)).toEqual({ calls: 0, points: 0 });
      await store.appendMetrics(stateOf(run), [point({ step: 1000 })]);
      expect(await store.packMetrics(run.runId)).toEqual({ calls: 64, points: 64 });
      const over = await runWith(store, trainingPoints(8, 1));
      expect(await store.packMetrics(over.runId, { force: true })).toEqual({ calls: 8, points: 8 });
    });

    test('puts thousands of metrics with one point each into a few shared items', async () => {
      const { store, keys, reopen } = await open();
      const points = upTo(6000).map((at) => point({ key: `layer_${at}/norm`, step: at, value: at / 7 }));
      const run = await runWith(
        store,
        upTo(8).map((call) => points.slice(call * 750, (call + 1) * 750)),
      );
      await store.packMetrics(run.runId, { force: true });
      const kinds = countKinds(await keys());
      expect(kinds).toEqual({ appended: 0, shared: kinds.shared, chunks: 0, indexes: 0 });
      expect(kinds.shared).toBeLessThan(8);
      for (const at of [0, 1, 3000, 5999]) {
        expect(await historyOf(reopen(), run.runId, `layer_${at}/norm`)).toEqual([points[at]]);
      }
      expect(await historyOf(reopen(), run.runId, 'layer_6000/norm')).toEqual([]);
    });

    test('joins what it packs again and again, and moves a metric out of the shared items once it has grown', async () => {
      const { store, keys, reopen } = await open();
      const run = await addRun(store);
      const logged: MetricPoint[] = [];
      for (const round of upTo(9)) {
        const points = upTo(64).map((at) => point({ step: round * 64 + at, timestamp: round * 64 + at }));
        for (const each of points) await store.appendMetrics(stateOf(run), [each, { ...each, key: 'acc' }]);
        logged.push(...points);
        await store.packMetrics(run.runId);
        expect(await historyOf(reopen(), run.runId, 'loss')).toEqual(logged);
      }
      expect(countKinds(await keys())).toEqual({ appended: 0, shared: 1, chunks: 2, indexes: 2 });
    });

    test.each([
      ['like what objects know', '__proto__'],
      ['beyond ASCII', 'größe/\u{1f600}'],
      ['longer than a sort key', '\u{1f600}'.repeat(250)],
      ['by a blank', ' '],
    ])('packs a metric named %s', async (_, key) => {
      const { store, reopen } = await open();
      const points = upTo(300).map((step) => point({ key, step, timestamp: step }));
      const run = await runWith(
        store,
        upTo(10).map((call) => [...points.slice(call * 30, (call + 1) * 30), point({ key: 'other' })]),
      );
      await store.packMetrics(run.runId, { force: true });
      expect(await historyOf(reopen(), run.runId, key)).toEqual(points);
    });

    test('writes nothing but deletes for points that are packed already', async () => {
      const { store, snapshot } = await open();
      const calls = trainingPoints(8, 100);
      const run = await runWith(store, calls);
      await store.packMetrics(run.runId, { force: true });
      const before = await snapshot();
      for (const points of calls) await store.appendMetrics(stateOf(run), points);
      await store.packMetrics(run.runId, { force: true });
      expect(await snapshot()).toEqual(before);
    });

    test('packs calls of long names, more than an item holds', async () => {
      const { store, keys, reopen } = await open();
      const points = upTo(2400).map((at) => point({ key: randomText(250, at), step: at }));
      const run = await runWith(store, [points, ...trainingPoints(8, 1)]);
      await store.packMetrics(run.runId, { force: true });
      expect(countKinds(await keys()).appended).toBe(0);
      for (const at of [0, 1200, 2399]) {
        expect(await historyOf(reopen(), run.runId, points[at]?.key ?? '')).toEqual([points[at]]);
      }
    });
  });
}
