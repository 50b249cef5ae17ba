import { isNewer, type MetricPoint } from '../../domain/metric.ts';
import type { RunState, Store } from '../store.ts';
import { decodeMetricBlock, encodeMetricBlock } from './codecs/metric-block.ts';
import { homeOfRun, latestKey, metricAppendKey, metricHistoryPrefix } from './keys.ts';
import { advanceLatest, type LatestWriter, mergeLatest } from './latest.ts';
import { type Item, keyItem } from './table.ts';

type MetricVerbs = Pick<Store, 'appendMetrics' | 'readMetricHistory'>;

/** An item holds 400 KB, its keys included. */
const MAX_BLOCK_BYTES = 350_000;

/** Metric history, one appended item per log call. The packer will fold them into chunks (issue "Scale"). */
export function createMetricVerbs(writer: LatestWriter, newSortableId: () => string): MetricVerbs {
  const { table } = writer;

  const append = async (runId: string, points: readonly MetricPoint[]): Promise<void> => {
    const block = encodeMetricBlock(points);
    if (block.length > MAX_BLOCK_BYTES) {
      const half = Math.ceil(points.length / 2);
      await append(runId, points.slice(0, half));
      return append(runId, points.slice(half));
    }
    return table.put({ ...keyItem(metricAppendKey(runId, newSortableId())), b: { B: block } });
  };

  const appendMetrics = async ({ runId }: RunState, points: readonly MetricPoint[]) => {
    const home = homeOfRun(runId);
    if (!home || points.length === 0) return;
    await append(runId, points);
    // After the append: a crash in between leaves an unacknowledged point in the history, which its reader repairs.
    await advanceLatest(writer, home, runId, points);
  };

  /** A writer that died between append and update left the last value behind the history. */
  const repairLatest = async (runId: string, key: string, newest: MetricPoint) => {
    const home = homeOfRun(runId);
    if (!home) return;
    const item = await table.get(latestKey(home, runId, 0));
    const current = mergeLatest(item ? [item] : []).find((point) => point.key === key);
    if (!current || isNewer(newest, current)) await advanceLatest(writer, home, runId, [newest]);
  };

  return {
    appendMetrics,
    readMetricHistory: async (runId, key) => {
      // An id that Tracklet never made may be longer than a key.
      if (!homeOfRun(runId)) return [];
      const items = await table.query(metricHistoryPrefix(runId));
      const points = distinct(items.flatMap((item) => pointsOf(item, key)));
      const [first, ...others] = points;
      if (first)
        await repairLatest(
          runId,
          key,
          others.reduce((best, point) => (isNewer(point, best) ? point : best), first),
        );
      return points;
    },
  };
}

const pointsOf = (item: Item, key: string): readonly MetricPoint[] =>
  item.b?.B ? decodeMetricBlock(item.b.B, key) : [];

/** A point equal in key, step, timestamp and value counts once (MLflow: metrics' primary key). */
function distinct(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const seen = new Map<string, MetricPoint>();
  for (const point of points) {
    const identity = `${point.step} ${point.timestamp} ${point.value}`;
    if (!seen.has(identity)) seen.set(identity, point);
  }
  return [...seen.values()];
}
