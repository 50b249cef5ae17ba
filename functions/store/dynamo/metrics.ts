import { dedupeKeyOf, isNewer, type MetricPoint } from '../../domain/metric.ts';
import type { Revive } from '../archive/revive-run.ts';
import type { RunState, Store } from '../store.ts';
import { decodeMetricBlock, encodeMetricBlock } from './codecs/metric-block.ts';
import { homeOfRun, latestPrefix, metricAppendKey, metricHistoryPrefix } from './keys.ts';
import { advanceLatest, type LatestWriter, mergeLatest } from './latest.ts';
import { type Item, keyItem } from './table.ts';

type MetricVerbs = Pick<Store, 'appendMetrics' | 'readMetricHistory'>;

/** An item holds 400 KB, its keys included. */
const MAX_BLOCK_BYTES = 350_000;

/** Metric history, one appended item per log call. The packer will fold them into chunks (issue "Scale"). */
export function createMetricVerbs(writer: LatestWriter, revive: Revive, newSortableId: () => string): MetricVerbs {
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

  /** A writer that died between its two writes left the last value and the history apart: the lesser one is mended. */
  const reconcile = async (runId: string, key: string, points: readonly MetricPoint[]) => {
    const home = homeOfRun(runId);
    if (!home) return points;
    const latest = mergeLatest(await table.query(latestPrefix(home, runId))).find((point) => point.key === key);
    const newest = newestOf(points);
    if (newest && (!latest || isNewer(newest, latest))) await advanceLatest(writer, home, runId, [newest]);
    if (!latest || (newest && !isNewer(latest, newest))) return points;
    await append(runId, [latest]);
    return [...points, latest];
  };

  return {
    appendMetrics: async ({ runId, isArchived }: RunState, points) => {
      const home = homeOfRun(runId);
      if (!home || points.length === 0) return;
      if (isArchived) await revive(runId);
      // Side by side, for half the wait: when only one of them comes through, the client sends both again, or else the
      // next reader of the history reconciles them.
      await Promise.all([append(runId, points), advanceLatest(writer, home, runId, points)]);
    },
    readMetricHistory: async (runId, key) => {
      // An id that Tracklet never made may be longer than a key.
      if (!homeOfRun(runId)) return [];
      const items = await table.query(metricHistoryPrefix(runId));
      return reconcile(runId, key, distinct(items.flatMap((item) => pointsOf(item, key))));
    },
  };
}

function newestOf([first, ...others]: readonly MetricPoint[]): MetricPoint | undefined {
  return first && others.reduce((newest, point) => (isNewer(point, newest) ? point : newest), first);
}

const pointsOf = (item: Item, key: string): readonly MetricPoint[] =>
  item.b?.B ? decodeMetricBlock(item.b.B, key) : [];

/** A point equal in key, step, timestamp and value counts once (MLflow: metrics' primary key). */
function distinct(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const seen = new Map<string, MetricPoint>();
  for (const point of points) {
    const identity = dedupeKeyOf(point);
    if (!seen.has(identity)) seen.set(identity, point);
  }
  return [...seen.values()];
}
