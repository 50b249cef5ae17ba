import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareArchivedRuns } from '../../../functions/store/segments/archived-run.ts';
import { encodeSegment } from '../../../functions/store/segments/encode-segment.ts';
import { materialise } from '../../../functions/store/segments/materialise.ts';
import { upTo } from '../samples.ts';
import { anyArchivedRuns } from './arbitrary-runs.ts';
import { allRuns, archivedRun, segmentOf } from './samples.ts';

describe('a segment gives back', () => {
  test('whatever runs were put into it, later starts first', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchivedRuns, async (runs) => {
        expect(await allRuns(await segmentOf(runs))).toStrictEqual(runs.toSorted(compareArchivedRuns));
      }),
      { seed: 71, numRuns: 300 },
    );
  });

  test('params and tags in their order, and half a surrogate pair', async () => {
    const tags = new Map([
      ['z', '\ud83d'],
      ['a', ''],
      ['__proto__', '{}'],
    ]);
    const [read] = await allRuns(await segmentOf([archivedRun(1, { tags, params: tags })]));
    expect([...(read?.run.tags ?? [])]).toEqual([...tags]);
    expect(read?.run.params).toEqual(tags);
  });

  test('runs of many blocks in the order that was asked for', async () => {
    const runs = upTo(300).map((n) => archivedRun(n, { metrics: { loss: n } }));
    const rows = [299, 0, 150, 151, 0];
    const read = await materialise(await segmentOf(runs), rows);
    expect(read).toStrictEqual(rows.map((row) => runs[299 - row]));
  });

  test('runs with a thousand keys of their own each', async () => {
    const runs = upTo(12).map((n) =>
      archivedRun(n, { metrics: Object.fromEntries(upTo(1000).map((key) => [`metric ${n} ${key}`, key / 7])) }),
    );
    const bytes = encodeSegment(runs);
    const segment = await segmentOf(runs);
    expect(await allRuns(segment)).toStrictEqual(runs.toReversed());
    expect(segment.keys('metric')).toHaveLength(12_000);
    expect(bytes.length).toBeLessThan(12_000 * 40);
  });

  test('no runs, if it has none', async () => {
    const segment = await segmentOf([]);
    expect(segment.rowCount).toBe(0);
    expect(await allRuns(segment)).toEqual([]);
  });
});

describe('a segment', () => {
  test('holds a run once', () => {
    expect(() => encodeSegment([archivedRun(1), archivedRun(1, { startTime: 5 })])).toThrow(
      'A segment holds a run once',
    );
  });

  test('has the same bytes for the same runs, whatever their order', () => {
    const runs = upTo(50).map((n) => archivedRun(n, { metrics: { loss: n % 7 } }));
    expect(encodeSegment(runs)).toEqual(encodeSegment(runs.toReversed()));
  });

  test('knows no row behind its last', async () => {
    await expect(materialise(await segmentOf([archivedRun(1)]), [1])).rejects.toThrow('Row 1 of a segment of 1');
  });
});
