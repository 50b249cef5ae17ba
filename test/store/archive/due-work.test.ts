import { describe, expect, test } from 'vitest';
import { dueWork, isDue } from '../../../functions/store/archive/due-work.ts';
import type { WorkItem } from '../../../functions/store/archive/work-list.ts';
import { runIdFor } from '../../../functions/store/dynamo/keys.ts';

const TIMES = { over: 100, open: 10_000, openInCrowd: 500, crowd: 10, busy: 0 };
const RUN = runIdFor('7', '00112233445566778899');

const item = (part: Partial<WorkItem> = {}): WorkItem => ({
  runId: RUN,
  lastWriteAt: 1_000,
  writes: 1,
  lookedAt: undefined,
  ...part,
});

describe('a run is looked at', () => {
  test.each<[string, Partial<WorkItem>, number, boolean]>([
    ['when it may be quiet enough', {}, 1_100, true],
    ['not before', {}, 1_099, false],
    ['not again by the next schedule', { lookedAt: 1_150 }, 1_160, false],
    ['again when it has been quiet twice as long', { lookedAt: 1_150 }, 1_300, true],
    ['not a moment before', { lookedAt: 1_150 }, 1_299, false],
    ['when it was written to since somebody looked', { lookedAt: 900 }, 1_100, true],
    ['not at once when somebody looked while it was busy', { lookedAt: 1_001 }, 1_050, false],
    ['each time once it is quiet for as long as an open run may be', { lookedAt: 10_999 }, 11_000, true],
    ['when many writes have gathered, quiet or not', { writes: 64 }, 1_000, true],
    ['not for a few', { writes: 63 }, 1_000, false],
    ['not when its last write lies ahead, for clocks differ', {}, 500, false],
  ])('%s', (_, part, now, expected) => {
    expect(isDue(item(part), TIMES, now)).toBe(expected);
  });

  test('some ten times in a day of silence, by a schedule of five minutes', () => {
    const minutes = (count: number) => count * 60_000;
    const times = { over: minutes(2), open: minutes(24 * 60), openInCrowd: minutes(10), crowd: 500, busy: 0 };
    let run = item({ lastWriteAt: 0 });
    let looks = 0;
    for (let now = minutes(5); now < times.open; now += minutes(5)) {
      if (!isDue(run, times, now)) continue;
      looks += 1;
      run = { ...run, lookedAt: now };
    }
    expect(looks).toBe(9);
  });
});

describe('the due work', () => {
  test('comes by experiment, with all notes of it, and the longest waiting first', () => {
    const early = item({ runId: runIdFor('9', '00112233445566778800'), lastWriteAt: 1 });
    const due = item({ lastWriteAt: 50 });
    const beside = item({ runId: runIdFor('7', '00112233445566778800'), lastWriteAt: 9_999 });
    const quiet = item({ runId: runIdFor('8', '00112233445566778800'), lastWriteAt: 9_999 });
    expect(dueWork([beside, quiet, due, early], TIMES, 10_000)).toEqual([
      { experimentId: '9', items: [early] },
      { experimentId: '7', items: [due, beside] },
    ]);
  });

  test('is none without notes, or with notes of what is no run', () => {
    expect(dueWork([], TIMES, 10_000)).toEqual([]);
    expect(dueWork([item({ runId: 'x' })], TIMES, 10_000)).toEqual([]);
  });
});
