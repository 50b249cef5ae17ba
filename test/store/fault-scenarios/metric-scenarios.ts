import { compareByTime, type MetricPoint } from '../../../functions/domain/metric.ts';
import type { Store } from '../../../functions/store/store.ts';
import type { FaultScenario } from '../fault-scenario.ts';
import { randomText } from '../random-text.ts';
import { addRun, historyOf, point, stateOf, upTo } from '../samples.ts';

/** The last values, then the histories of some keys: reading those repairs the former. */
const observeMetrics = (runId: string, keys: readonly string[]) => async (store: Store) => {
  const histories = await Promise.all(keys.map((key) => historyOf(store, runId, key)));
  const { metrics } = await store.getRun(runId);
  return {
    histories: histories.map((points) => points.toSorted(compareByTime)),
    latest: metrics.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
};

const appending = (name: string, old: readonly MetricPoint[], points: readonly MetricPoint[]): FaultScenario => ({
  name,
  isAtomic: false,
  prepare: async (store) => {
    const run = await addRun(store);
    await store.appendMetrics(stateOf(run), old);
    const keys = [...new Set([points[0], points.at(-1)].map((each) => each?.key ?? ''))];
    return {
      act: (victim) => victim.appendMetrics(stateOf(run), points),
      observe: observeMetrics(run.runId, keys),
    };
  },
});

/** Packing what `calls` logged, after `before` was packed; nobody sees a difference, at no moment. */
const packing = (
  name: string,
  before: readonly (readonly MetricPoint[])[],
  calls: readonly (readonly MetricPoint[])[],
): FaultScenario => ({
  name,
  isAtomic: true,
  prepare: async (store) => {
    const run = await addRun(store);
    for (const points of before) await store.appendMetrics(stateOf(run), points);
    await store.packMetrics(run.runId, { force: true });
    for (const points of calls) await store.appendMetrics(stateOf(run), points);
    return {
      act: (victim) => victim.packMetrics(run.runId, { force: true }),
      observe: observeMetrics(run.runId, ['loss', 'acc']),
    };
  },
});

/** Eight log calls of a metric; those of even steps, or of odd ones. */
const eightCalls = (key: string, count: number, parity: number, from = 0) =>
  upTo(8).map((call) =>
    upTo(count)
      .map((at) => from + 2 * (call * count + at) + parity)
      .map((step) => at(key, step)),
  );

const at = (key: string, step: number): MetricPoint => point({ key, step, timestamp: step });

const many = (step: number) => upTo(150).map((at) => point({ key: `m${at}`, step: at % 2 === 0 ? step : 1 }));

/** The verb that writes metrics. */
export const metricScenarios: readonly FaultScenario[] = [
  appending('appendMetrics of a few keys', [point({ step: 1 })], [point({ step: 2 }), point({ key: 'acc', step: 1 })]),
  appending('appendMetrics of older and newer points', many(1).slice(0, 60), many(2).slice(0, 60).toReversed()),
  appending('appendMetrics of many keys', many(1), many(2)),
  appending(
    'appendMetrics beyond an item',
    [point()],
    upTo(1600).map((at) => point({ key: randomText(250, at) })),
  ),
  packing('packMetrics into shared items', [], eightCalls('loss', 2, 0)),
  packing('packMetrics into shared items that are joined', eightCalls('acc', 3, 0), [
    ...eightCalls('loss', 2, 0),
    ...eightCalls('acc', 2, 1),
  ]),
  packing('packMetrics into chunks', [], [...eightCalls('loss', 40, 0), ...eightCalls('acc', 1, 0)]),
  packing('packMetrics out of shared items into chunks', eightCalls('loss', 20, 0), eightCalls('loss', 20, 0, 320)),
  packing('packMetrics of points between packed ones', eightCalls('loss', 40, 0), eightCalls('loss', 40, 1)),
];
