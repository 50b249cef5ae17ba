import { describe, expect, test } from 'vitest';
import {
  EMPTY_MANIFEST,
  type SegmentEntry,
  withMerged,
  withPending,
} from '../../../functions/store/archive/manifest.ts';
import { segmentsToMerge } from '../../../functions/store/archive/segments-to-merge.ts';
import { seededRandom } from '../random-text.ts';
import { upTo } from '../samples.ts';

const entryOf = (id: number | string, rowCount: number): SegmentEntry => ({ id: `${id}`, rowCount, sizeBytes: 1 });
const manifestOf = (...rowCounts: readonly number[]) => ({
  ...EMPTY_MANIFEST,
  segments: rowCounts.map((rows, id) => entryOf(id, rows)),
});
const chosenOf = (...rowCounts: readonly number[]) =>
  segmentsToMerge(manifestOf(...rowCounts)).map(({ rowCount }) => rowCount);

const rowsOf = (entries: readonly SegmentEntry[]) => entries.reduce((sum, { rowCount }) => sum + rowCount, 0);

/** What becomes of segments that come one behind the other: how many there are at most, and how many rows are written. */
function grow(sizes: readonly number[]) {
  let manifest = EMPTY_MANIFEST;
  let most = 0;
  let written = 0;
  for (const [id, size] of sizes.entries()) {
    manifest = { ...withPending(manifest, entryOf(id, size), 0), pending: undefined };
    const inputs = segmentsToMerge(manifest);
    const rows = rowsOf(inputs);
    if (inputs.length > 0) manifest = withMerged(manifest, inputs, entryOf(`m${id}`, rows), 0);
    most = Math.max(most, manifest.segments.length);
    written += rows;
  }
  expect(rowsOf(manifest.segments)).toBe(rowsOf(sizes.map((size, id) => entryOf(id, size))));
  return { most, written };
}

describe('segments are merged', () => {
  test('all of them when they are many and of like size, and in the order of the manifest', () => {
    expect(chosenOf(5, 4, 5, 6, 5, 4, 6)).toEqual([]);
    expect(chosenOf(5, 4, 5, 6, 5, 4, 6, 5)).toEqual([5, 4, 5, 6, 5, 4, 6, 5]);
    expect(chosenOf(40, 10_000, 40, 20, 40, 40, 40, 40, 40)).toEqual([40, 40, 20, 40, 40, 40, 40, 40]);
  });

  test('but never the one whose runs are still on the move', () => {
    const manifest = manifestOf(5, 5, 5, 5, 5, 5, 5, 5);
    expect(segmentsToMerge({ ...manifest, pending: { id: '0', since: 0 } })).toEqual([]);
  });

  test('into none of more than a million rows', () => {
    expect(chosenOf(...upTo(8).map(() => 500_000))).toEqual([500_000, 500_000]);
    expect(chosenOf(...upTo(20).map(() => 1_000_000))).toEqual([]);
  });

  const random = seededRandom(1);
  test.each([
    ['small', upTo(25_000).map(() => 40)],
    ['of any size up to 2,000', upTo(3_000).map(() => 1 + Math.floor(random() * 2_000))],
    ['growing', upTo(700).map((at) => 1 + at * 3)],
    ['shrinking', upTo(700).map((at) => 2_100 - at * 3)],
  ])('so that they stay few and rows are seldom written again: %s', (_, sizes) => {
    const { most, written } = grow(sizes);
    expect(most).toBeLessThan(16);
    expect(written).toBeLessThan(16 * sizes.reduce((sum, size) => sum + size, 0));
  });
});
