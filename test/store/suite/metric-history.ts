import { describe, expect, test } from 'vitest';
import { INT64_MAX, INT64_MIN } from '../../../functions/domain/int64.ts';
import { compareByTime, type MetricPoint } from '../../../functions/domain/metric.ts';
import { randomText } from '../random-text.ts';
import { addRun, historyOf, point, stateOf, upTo } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

const sorted = (points: readonly MetricPoint[]) => points.toSorted(compareByTime);

/** All points of a metric. */
export function describeMetricHistory(open: OpenStore): void {
  describe('readMetricHistory', () => {
    test('gives all points of one metric, for other processes too', async () => {
      const { store, reopen } = await open();
      const run = await addRun(store);
      const points = [
        point({ value: Number.NaN, step: 3 }),
        point({ step: INT64_MIN, timestamp: INT64_MAX }),
        point({ step: INT64_MAX, timestamp: 0 }),
        point({ value: Number.MAX_VALUE }),
      ];
      await store.appendMetrics(stateOf(run), [...points, point({ key: 'other' })]);
      expect(sorted(await historyOf(reopen(), run.runId, 'loss'))).toEqual(sorted(points));
    });

    test('gathers points over many log calls of many keys', async () => {
      const { store } = await open();
      const run = await addRun(store);
      const calls = upTo(12).map((step) => [
        point({ step }),
        point({ key: 'acc', step }),
        point({ step, timestamp: 7 }),
      ]);
      for (const points of calls) await store.appendMetrics(stateOf(run), points);
      const expected = calls.flat().filter(({ key }) => key === 'loss');
      expect(sorted(await historyOf(store, run.runId, 'loss'))).toEqual(sorted(expected));
    });

    test('gathers the points of 16 writers at once', async () => {
      const { store, reopen } = await open();
      const run = await addRun(store);
      const points = upTo(16).map((step) => point({ step }));
      await Promise.all(points.map((each) => reopen().appendMetrics(stateOf(run), [each])));
      expect(sorted(await historyOf(store, run.runId, 'loss'))).toEqual(sorted(points));
    });

    test.each(['__proto__', 'constructor', 'größe/\u{1f600}', ' '])('knows a metric named %j', async (key) => {
      const { store } = await open();
      const run = await addRun(store);
      await store.appendMetrics(stateOf(run), [point({ key }), point({ key: `${key}x` })]);
      expect(await historyOf(store, run.runId, key)).toEqual([point({ key })]);
    });

    test('is empty for an unknown run, a foreign id and an unknown key', async () => {
      const { store } = await open();
      const run = await addRun(store);
      await store.appendMetrics(stateOf(run), [point()]);
      expect(await historyOf(store, store.newRunId('0'), 'loss')).toEqual([]);
      expect(await historyOf(store, 'x', 'loss')).toEqual([]);
      expect(await historyOf(store, run.runId, 'los')).toEqual([]);
    });

    test('writes nothing when the last value is up to date', async () => {
      const { store, snapshot } = await open();
      const run = await addRun(store);
      await store.appendMetrics(stateOf(run), [point({ step: 2 }), point({ step: 1 })]);
      const before = await snapshot();
      await historyOf(store, run.runId, 'loss');
      expect(await snapshot()).toEqual(before);
    });

    test('gives thousands of points of one call, beyond one item', async () => {
      const { store } = await open();
      const run = await addRun(store);
      const points = upTo(2000).map((at) => point({ key: randomText(250, at), step: at }));
      await store.appendMetrics(stateOf(run), points);
      for (const each of [points[0], points[999], points[1999]]) {
        expect(await historyOf(store, run.runId, each?.key ?? '')).toEqual([each]);
      }
      expect((await store.getRun(run.runId)).metrics).toHaveLength(2000);
    });
  });

  describe('a point', () => {
    test('counts once, be it logged twice in a call, in two calls or by two processes', async () => {
      const { store, reopen } = await open();
      const run = await addRun(store);
      await store.appendMetrics(stateOf(run), [point(), point()]);
      await store.appendMetrics(stateOf(run), [point()]);
      await Promise.all(upTo(4).map(() => reopen().appendMetrics(stateOf(run), [point()])));
      expect(await historyOf(store, run.runId, 'loss')).toEqual([point()]);
    });

    test('counts once with NaN, too', async () => {
      const { store } = await open();
      const run = await addRun(store);
      await store.appendMetrics(stateOf(run), [point({ value: Number.NaN }), point({ value: Number.NaN })]);
      expect(await historyOf(store, run.runId, 'loss')).toHaveLength(1);
    });

    test.each<[string, Partial<MetricPoint>]>([
      ['value', { value: 2 }],
      ['value, one of them NaN', { value: Number.NaN }],
      ['step', { step: 1 }],
      ['step beyond doubles', { step: 2n ** 53n + 1n }],
      ['timestamp', { timestamp: 1 }],
    ])('is another when it differs in %s', async (_, part) => {
      const { store } = await open();
      const run = await addRun(store);
      await store.appendMetrics(stateOf(run), [point({ step: 0 }), point({ step: 2n ** 53n }), point(part)]);
      expect(await historyOf(store, run.runId, 'loss')).toHaveLength(3);
    });
  });

  describe('appendMetrics', () => {
    test('writes nothing for no points', async () => {
      const { store, snapshot } = await open();
      const run = await addRun(store);
      const before = await snapshot();
      await store.appendMetrics(stateOf(run), []);
      expect(await snapshot()).toEqual(before);
    });

    test('writes two items for one call, however many metrics it names', async () => {
      const { store, snapshot } = await open();
      const run = await addRun(store);
      const before = await snapshot();
      const points = upTo(1000).map((at) => point({ key: `m${at % 10}`, step: at }));
      await store.appendMetrics(stateOf(run), points);
      expect(await snapshot()).toHaveLength(before.length + 2);
    });
  });
}
