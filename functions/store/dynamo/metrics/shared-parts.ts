import type { MetricPoint } from '../../../domain/metric.ts';
import { decodeMetricBlock, decodeMetricOf, encodeMetricBlock } from '../codecs/metric-block.ts';
import { sharedIndexKey, sharedPartKey, sharedRank } from '../keys.ts';
import type { Item, Table } from '../table.ts';
import type { Family } from './numbered-items.ts';
import { Superseded } from './superseded.ts';

/** A part that holds metrics of few points, those whose ranks lie from `first` to `last`. */
export interface SharedPart {
  readonly seq: number;
  readonly first: string;
  readonly last: string;
}

/** Parts that together hold what one packing brought, sorted by rank; a metric is in one of them. */
export interface SharedRun {
  readonly count: number;
  readonly parts: readonly SharedPart[];
}

/** Points of several metrics, those of each in any order. */
export type PointsByKey = ReadonlyMap<string, readonly MetricPoint[]>;

/** The shared parts of a run: metrics with few points, many to an item. */
export const sharedPartsOf = (runId: string): Family => ({
  indexKey: sharedIndexKey(runId),
  itemKey: (seq) => sharedPartKey(runId, seq),
});

export function sharedRunsOf(index: Item | undefined): readonly SharedRun[] {
  // Written by `sharedIndexItem` alone.
  return JSON.parse(index?.j?.S ?? '[]') as readonly SharedRun[];
}

export const sharedIndexItem = (runs: readonly SharedRun[]): Item => ({ j: { S: JSON.stringify(runs) } });

/** The points of one metric in all shared parts. Throws Superseded. */
export async function readSharedPoints(table: Table, runId: string, index: Item | undefined, key: string) {
  const rank = sharedRank(key);
  const parts = sharedRunsOf(index).flatMap((run) =>
    run.parts.filter(({ first, last }) => first <= rank && rank <= last),
  );
  return (await readParts(table, runId, parts)).map((bytes) => decodeMetricOf(bytes, key));
}

/** All points of shared runs. Throws Superseded. */
export async function readSharedRuns(table: Table, runId: string, runs: readonly SharedRun[]) {
  const parts = await readParts(
    table,
    runId,
    runs.flatMap((run) => run.parts),
  );
  return parts.flatMap((bytes) => decodeMetricBlock(bytes));
}

async function readParts(table: Table, runId: string, parts: readonly SharedPart[]): Promise<readonly Uint8Array[]> {
  const items = parts.length === 0 ? [] : await table.getMany(parts.map(({ seq }) => sharedPartKey(runId, seq)));
  const found = items.flatMap(({ b }) => b?.B ?? []);
  if (found.length < parts.length) throw new Superseded();
  return found;
}

/** The size that points and names reach at most when they do not compress; well within an item's 400 KB. */
const MAX_PART_BYTES = 150_000;
const MAX_POINT_BYTES = 24;

/** A part to be: its place among the ranks, and its content. */
interface NewPart extends Omit<SharedPart, 'seq'> {
  readonly bytes: Uint8Array;
}

/** Lays metrics out in parts. */
export function cutIntoParts(groups: PointsByKey): readonly NewPart[] {
  const ranked = [...groups].map(([key, points]) => ({ rank: sharedRank(key), key, points }));
  const parts: (typeof ranked)[] = [];
  let size = MAX_PART_BYTES;
  for (const group of ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))) {
    const bytes = Buffer.byteLength(group.key) + group.points.length * MAX_POINT_BYTES;
    if (size + bytes > MAX_PART_BYTES) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(group);
    size += bytes;
  }
  return parts.map((part) => ({
    first: part[0]?.rank ?? '',
    last: part.at(-1)?.rank ?? '',
    bytes: encodeMetricBlock(part.flatMap(({ points }) => points)),
  }));
}
