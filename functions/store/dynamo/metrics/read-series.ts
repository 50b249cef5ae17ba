import { concatColumns, NO_POINTS, type PointColumns } from '../../../domain/point-columns.ts';
import { decodeMetricOf } from '../codecs/metric-block.ts';
import { metricIndexKey, metricTailPrefix, sharedIndexKey } from '../keys.ts';
import type { Retry } from '../retry.ts';
import { type Item, keyOf, type Table } from '../table.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { spansOfIndex } from './metric-index.ts';
import { readSharedPoints } from './shared-parts.ts';
import { overlay, type Span } from './span.ts';
import { unlessSuperseded } from './superseded.ts';

/** Reads the history of one metric. */
export interface SeriesReader {
  /**
   * Gives `use` the history as spans that do not overlap, in history order, each point once. Calls it again when a packer
   * put others in the place of chunks before they were loaded.
   */
  readonly read: <T>(runId: string, key: string, use: (spans: readonly Span[]) => Promise<T>) => Promise<T>;
}

/**
 * Points only ever move from appended items to shared parts or chunks, and from shared parts to chunks, and are put there
 * before they leave. So who reads in that order meets each point at least once; met twice, it counts once.
 */
export function createSeriesReader(table: Table, retry: Retry, cache: ChunkCache): SeriesReader {
  const pointsOfItem = async (item: Item, key: string): Promise<PointColumns> => {
    const block = item.b?.B;
    if (!block) return NO_POINTS;
    const { pk, sk } = keyOf(item);
    return cache.get(`${pk} ${sk} ${key}`, async () => decodeMetricOf(block, key));
  };

  const readSpans = async (runId: string, key: string): Promise<readonly Span[]> => {
    const tail = await table.query(metricTailPrefix(runId));
    const sharedIndex = tail.find((item) => keyOf(item).sk === sharedIndexKey(runId).sk);
    const [shared, index] = await Promise.all([
      readSharedPoints(table, runId, sharedIndex, key),
      table.get(metricIndexKey(runId, key)),
    ]);
    const appended = await Promise.all(tail.map((item) => pointsOfItem(item, key)));
    return overlay(key, spansOfIndex(table, cache, runId, key, index), concatColumns([...shared, ...appended]));
  };

  return {
    read: (runId, key, use) => retry(unlessSuperseded(async () => ({ done: await use(await readSpans(runId, key)) }))),
  };
}
