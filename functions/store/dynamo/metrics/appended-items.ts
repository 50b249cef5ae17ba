import type { MetricPoint } from '../../../domain/metric.ts';
import { decodeMetricBlock, encodeMetricBlock } from '../codecs/metric-block.ts';
import { isMetricAppendKey, metricAppendKey } from '../keys.ts';
import type { Combine } from '../only-writer/late-batch.ts';
import { type Item, keyItem, keyOf } from '../table.ts';

/** An item holds 400 KB, its keys included. */
const MAX_BLOCK_BYTES = 350_000;
/** Larger ones are worth an item of their own. */
const MAX_COMBINED_BLOCK_BYTES = 4_000;

/** Of items that were made here: to decode them again costs as much as to make them. */
const pointsOf = new WeakMap<Item, readonly MetricPoint[]>();

/** The items that are appended to a run's history for one log call: a single one, mostly. */
export function appendedItems(
  runId: string,
  points: readonly MetricPoint[],
  newSortableId: () => string,
): readonly Item[] {
  const block = encodeMetricBlock(points);
  if (block.length > MAX_BLOCK_BYTES) {
    const half = Math.ceil(points.length / 2);
    const halves = [points.slice(0, half), points.slice(half)];
    return halves.flatMap((some) => appendedItems(runId, some, newSortableId));
  }
  const item = { ...keyItem(metricAppendKey(runId, newSortableId())), b: { B: block } };
  pointsOf.set(item, points);
  return [item];
}

/** What short log calls have appended to one history may as well be one item. */
export const combineAppended: Combine = {
  groupOf: (item) => {
    const key = keyOf(item);
    const isShort = (item.b?.B?.length ?? Number.POSITIVE_INFINITY) <= MAX_COMBINED_BLOCK_BYTES;
    return isShort && isMetricAppendKey(key) ? key.pk : undefined;
  },
  merge: (items) => {
    const points = items.flatMap((item) => pointsOf.get(item) ?? decodeMetricBlock(item.b?.B ?? new Uint8Array()));
    return { b: { B: encodeMetricBlock(points) } };
  },
};
