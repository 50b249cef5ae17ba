import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import { parseOrderBy } from '../../../functions/search/parse-order-by.ts';
import { encodeSegment } from '../../../functions/store/segments/encode-segment.ts';
import { materialise } from '../../../functions/store/segments/materialise.ts';
import { openSegment } from '../../../functions/store/segments/open-segment.ts';
import { searchSegment } from '../../../functions/store/segments/search-segment.ts';
import type { Segment } from '../../../functions/store/segments/segment.ts';
import type { SegmentSource } from '../../../functions/store/segments/segment-source.ts';
import { seededRandom } from '../random-text.ts';
import { upTo } from '../samples.ts';
import { archivedRun, segmentOf, watched } from './samples.ts';

const random = seededRandom(7);
const KEYS = upTo(10).map((n) => `m${n}`);
const BYTES = encodeSegment(
  upTo(4000).map((n) =>
    archivedRun(n, {
      metrics: Object.fromEntries(KEYS.map((key) => [key, random()])),
      params: new Map(KEYS.map((key) => [key, `value-${n % 100}`])),
    }),
  ),
);

/** As a large one is opened. */
const openByRanges = (source: SegmentSource) => openSegment(source, 0);

const search = (segment: Segment, filter: string, orderBy: readonly string[] = []) =>
  searchSegment(segment, {
    filter: parseFilter('runs', filter),
    orderBy: parseOrderBy('runs', orderBy),
    isVisible: () => true,
    isHidden: () => false,
    limit: 10,
  });

const lengthOf = (reads: readonly { readonly length: number }[]) => reads.reduce((sum, { length }) => sum + length, 0);

describe('a segment that is read by ranges', () => {
  test('opens by one short read', async () => {
    const source = watched(BYTES);
    await openByRanges(source);
    expect(source.reads).toEqual([{ offset: 0, length: 32 * 1024 }]);
  });

  test('gives of ten metrics the one that a search names', async () => {
    const source = watched(BYTES);
    const segment = await openByRanges(source);
    source.reads.length = 0;
    await search(segment, 'metrics.m3 > 0.5');
    // The metric, the ids, the times and marks; 8 bytes a run for the metric, and no more than that for the others.
    expect(source.reads.length).toBeLessThanOrEqual(4);
    expect(lengthOf(source.reads)).toBeLessThan(4000 * 16);
    expect(lengthOf(source.reads)).toBeLessThan(BYTES.length / 8);
  });

  test('reads a column once', async () => {
    const source = watched(BYTES);
    const segment = await openByRanges(source);
    await Promise.all([search(segment, 'metrics.m3 > 0.5'), search(segment, 'metrics.m3 < 0.5')]);
    const { length } = source.reads;
    await search(segment, 'metrics.m3 > 0.5', ['metrics.m3']);
    expect(source.reads).toHaveLength(length);
  });

  test('reads for the newest runs the index and one stretch', async () => {
    const source = watched(BYTES);
    const segment = await openByRanges(source);
    source.reads.length = 0;
    await materialise(segment, upTo(50));
    expect(source.reads).toHaveLength(2);
    expect(lengthOf(source.reads)).toBeLessThan(40_000);
  });

  test('keeps whole runs that were read until it is released, and counts them', async () => {
    const source = watched(BYTES);
    const segment = await openByRanges(source);
    const empty = segment.byteSize;
    const runs = await materialise(segment, upTo(50));
    const withRuns = segment.byteSize;
    expect(withRuns).toBeGreaterThan(empty + 2_000);
    source.reads.length = 0;
    expect(await materialise(segment, [40, 3])).toEqual([runs[40], runs[3]]);
    expect(source.reads).toEqual([]);
    expect(segment.byteSize).toBe(withRuns);
    await materialise(segment, upTo(200));
    expect(source.reads).toHaveLength(1);
    segment.release();
    expect(segment.byteSize).toBe(empty);
    expect(await materialise(segment, upTo(50))).toEqual(runs);
  });

  test('keeps a few hundred runs at most, and none of a walk over all', async () => {
    const segment = await openByRanges(watched(BYTES));
    const [first, again] = [await materialise(segment, [7]), await materialise(segment, [7])];
    expect(again[0]).toBe(first[0]);
    await materialise(segment, upTo(4000));
    const { byteSize } = segment.recentRuns;
    for (const from of upTo(20))
      await materialise(
        segment,
        upTo(100).map((at) => from * 100 + at),
      );
    expect(segment.recentRuns.byteSize).toBeGreaterThan(byteSize * 100);
    expect(segment.recentRuns.byteSize).toBeLessThan(byteSize * 600);
    expect(segment.recentRuns.get(7)).toBeUndefined();
    expect(await materialise(segment, [7])).toEqual(first);
  });

  test('is read whole where it is small: then nothing else is read', async () => {
    const bytes = encodeSegment(upTo(100).map((n) => archivedRun(n, { metrics: { m3: n } })));
    const source = watched(bytes);
    const segment = await openSegment(source);
    expect(segment.byteSize).toBeGreaterThan(bytes.length);
    expect(await search(segment, 'metrics.m3 > 50')).toHaveLength(10);
    expect(await materialise(segment, upTo(100))).toHaveLength(100);
    expect(source.reads).toEqual([{ offset: 0, length: bytes.length }]);
  });

  test('opens with ten thousand keys, too', async () => {
    const metrics = Object.fromEntries(upTo(12_000).map((n) => [`${random()}`, n]));
    const segment = await segmentOf([archivedRun(1, { metrics })]);
    expect(segment.keys('metric')).toEqual(Object.keys(metrics).sort());
  });
});

describe('the memory of a segment', () => {
  test('grows by what is read, and shrinks when it is released', async () => {
    const segment = await openByRanges(watched(BYTES));
    const empty = segment.byteSize;
    await search(segment, '', ['metrics.m0']);
    const withColumns = segment.byteSize;
    expect(withColumns).toBeGreaterThan(empty + 4000 * 8);
    await search(segment, '', ['metrics.m0']);
    expect(segment.byteSize).toBe(withColumns);
    segment.release();
    expect(segment.byteSize).toBe(empty);
    expect(await search(segment, '', ['metrics.m0'])).toHaveLength(10);
    expect(segment.byteSize).toBe(withColumns);
  });
});
