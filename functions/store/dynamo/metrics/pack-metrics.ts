import { inHistoryOrder, type MetricPoint } from '../../../domain/metric.ts';
import type { PackReport } from '../../store.ts';
import { decodeMetricBlock } from '../codecs/metric-block.ts';
import { homeOfRun, metricHistoryPrefix } from '../keys.ts';
import { type Item, keyOf } from '../table.ts';
import { foldIntoChunks, type PackPlatform } from './fold-into-chunks.ts';
import { revise } from './numbered-items.ts';
import {
  cutIntoParts,
  type PointsByKey,
  readSharedRuns,
  type SharedRun,
  sharedIndexItem,
  sharedPartsOf,
  sharedRunsOf,
} from './shared-parts.ts';
import { unlessSuperseded } from './superseded.ts';

/** A tail of so many log calls, or of so many bytes, makes reading slow: it is packed. */
const LONG_TAIL_ITEMS = 64;
const LONG_TAIL_BYTES = 1_000_000;
/** Less than this is read in one go as it is: packing it would only cost. */
const MIN_TAIL_ITEMS = 8;
/** What is packed at once: so many items, of at most so many MB. */
const BATCH_ITEMS = 256;
const BATCH_PAGES = 4;
/** A metric with as many new points gets chunks of its own; below that an item would hold less than its write costs. */
const MIN_OWN_POINTS = 256;
/** Metrics that are folded at the same time. */
const FOLDED_AT_ONCE = 8;

/**
 * Folds what was appended to a run into chunks. In this order, so that it may die at any moment and two may be at it:
 *
 *   into chunks of their own   metrics with many new points, those of shared parts included
 *   into shared parts          all others; the index then names the new parts, and no longer those that were joined
 *   delete                     what was appended
 */
export async function packMetrics(platform: PackPlatform, runId: string, force: boolean): Promise<PackReport> {
  const total = { calls: 0, points: 0 };
  if (!homeOfRun(runId)) return total;
  for (;;) {
    const { calls, points } = await platform.retry(unlessSuperseded(() => packBatch(platform, runId, force)));
    total.calls += calls;
    total.points += points;
    if (calls === 0) return total;
  }
}

async function packBatch(
  platform: PackPlatform,
  runId: string,
  force: boolean,
): Promise<'again' | { readonly done: PackReport }> {
  const { table } = platform;
  const items = await table.queryFirst(metricHistoryPrefix(runId), BATCH_ITEMS, BATCH_PAGES);
  if (!isWorthPacking(items, force)) return { done: { calls: 0, points: 0 } };
  const points = items.flatMap(({ b }) => (b?.B ? decodeMetricBlock(b.B) : []));
  if (!(await fold(platform, runId, groupByKey(points)))) return 'again';
  await table.writeMany([], items.map(keyOf));
  return { done: { calls: items.length, points: points.length } };
}

function isWorthPacking(items: readonly Item[], force: boolean): boolean {
  const sizeBytes = items.reduce((sum, { b }) => sum + (b?.B?.length ?? 0), 0);
  return items.length >= (force ? MIN_TAIL_ITEMS : LONG_TAIL_ITEMS) || sizeBytes >= LONG_TAIL_BYTES;
}

/** False when another packer was faster. */
async function fold(platform: PackPlatform, runId: string, appended: PointsByKey): Promise<boolean> {
  const few = pick(appended, (points) => !isMany(points));
  const index = few.size > 0 ? await platform.table.get(sharedPartsOf(runId).indexKey) : undefined;
  const runs = sharedRunsOf(index);
  const joined = runsToJoin(runs, countOf(few));
  const small = groupByKey([...[...few.values()].flat(), ...(await readSharedRuns(platform.table, runId, joined))]);
  const own = [...pick(appended, isMany), ...pick(small, isMany)];
  await inTurns(own, ([key, points]) => foldIntoChunks(platform, runId, key, points));
  if (few.size === 0) return true;
  return share(platform, runId, index, { runs, joined, points: pick(small, (points) => !isMany(points)) });
}

interface Sharing {
  readonly runs: readonly SharedRun[];
  /** The last of the runs, which are made anew together with what comes. */
  readonly joined: readonly SharedRun[];
  readonly points: PointsByKey;
}

function share(
  { table, newWriteId }: PackPlatform,
  runId: string,
  index: Item | undefined,
  { runs, joined, points }: Sharing,
): Promise<boolean> {
  const parts = cutIntoParts(points);
  const kept = runs.slice(0, runs.length - joined.length);
  const newRun = (numbers: readonly number[]): SharedRun => ({
    count: countOf(points),
    parts: parts.map(({ first, last }, at) => ({ first, last, seq: numbers[at] ?? 0 })),
  });
  const revision = {
    added: parts.map(({ bytes }) => bytes),
    dropped: joined.flatMap((run) => run.parts.map(({ seq }) => seq)),
    indexItem: (numbers: readonly number[]) => sharedIndexItem(parts.length > 0 ? [...kept, newRun(numbers)] : kept),
  };
  return revise(table, sharedPartsOf(runId), index, revision, newWriteId());
}

/** The last runs that are no larger than what they are joined with: a point is written anew as often as its run doubles. */
function runsToJoin(runs: readonly SharedRun[], count: number): readonly SharedRun[] {
  let from = runs.length;
  let joined = count;
  for (let last = runs[from - 1]; last && last.count <= joined; last = runs[from - 1]) {
    joined += last.count;
    from -= 1;
  }
  return runs.slice(from);
}

const isMany = (points: readonly MetricPoint[]): boolean => points.length >= MIN_OWN_POINTS;

const countOf = (groups: PointsByKey): number => [...groups.values()].reduce((sum, { length }) => sum + length, 0);

const pick = (groups: PointsByKey, isWanted: (points: readonly MetricPoint[]) => boolean): PointsByKey =>
  new Map([...groups].filter(([, points]) => isWanted(points)));

/** Each point once. */
function groupByKey(points: readonly MetricPoint[]): PointsByKey {
  const groups = new Map<string, MetricPoint[]>();
  for (const point of points) {
    const group = groups.get(point.key);
    if (group) group.push(point);
    else groups.set(point.key, [point]);
  }
  return new Map([...groups].map(([key, group]) => [key, inHistoryOrder(group)]));
}

/** Does something with all of them, a few at the same time. */
async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const work = async () => {
    for (const item of left) await act(item);
  };
  await Promise.all(Array.from({ length: FOLDED_AT_ONCE }, work));
}
