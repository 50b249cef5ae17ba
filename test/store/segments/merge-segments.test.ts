import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArchivedRun } from '../../../functions/store/segments/archived-run.ts';
import { encodeSegment } from '../../../functions/store/segments/encode-segment.ts';
import { mergeSegments } from '../../../functions/store/segments/merge-segments.ts';
import { upTo } from '../samples.ts';
import { anyArchivedRuns, similarRuns } from './arbitrary-runs.ts';
import { archivedRun, segmentOf } from './samples.ts';

const split = (runs: readonly ArchivedRun[], parts: number) =>
  Promise.all(upTo(parts).map((part) => segmentOf(runs.filter((_, at) => at % parts === part))));

const ALL = { isDropped: () => false, isComplete: true };

describe('merged segments', () => {
  test('are byte for byte the segment of all their runs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyArchivedRuns, similarRuns), fc.integer({ min: 0, max: 4 }), async (runs, parts) => {
        const merged = await mergeSegments(await split(runs, parts), ALL);
        expect(merged).toEqual(encodeSegment(parts === 0 ? [] : runs));
      }),
      { seed: 74, numRuns: 150 },
    );
  });

  test('keep nothing of the runs that are dropped', async () => {
    await fc.assert(
      fc.asyncProperty(similarRuns, async (runs) => {
        const isDropped = (runId: string) => /[13579]$/.test(runId);
        const merged = await mergeSegments(await split(runs, 2), {
          isDropped: (_, runId) => isDropped(runId),
          isComplete: true,
        });
        expect(merged).toEqual(encodeSegment(runs.filter(({ run }) => !isDropped(run.runId))));
      }),
      { seed: 75, numRuns: 100 },
    );
  });

  test('keep of two versions of a run the one that is not dropped', async () => {
    const older = archivedRun(1, { runName: 'older', startTime: 5 });
    const newer = archivedRun(1, { runName: 'newer' });
    const segments = [await segmentOf([older, archivedRun(2)]), await segmentOf([newer])];
    const dropsOlder = (index: number, runId: string) => index === 0 && runId === older.run.runId;
    expect(await mergeSegments(segments, { isDropped: dropsOlder, isComplete: true })).toEqual(
      encodeSegment([newer, archivedRun(2)]),
    );
  });

  test('refuse two versions of a run', async () => {
    const segments = [await segmentOf([archivedRun(1)]), await segmentOf([archivedRun(1, { startTime: 5 })])];
    await expect(mergeSegments(segments, ALL)).rejects.toThrow('is in two of the segments that are merged');
  });

  test('may have thousands of runs', async () => {
    const runs = upTo(3000).map((n) => archivedRun(n, { metrics: { loss: (n * 7919) % 1000, [`own ${n % 500}`]: n } }));
    expect(await mergeSegments(await split(runs, 3), ALL)).toEqual(encodeSegment(runs));
  });
});
