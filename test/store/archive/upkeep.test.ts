import { expect, test } from 'vitest';
import { hasGrown } from '../../../functions/store/archive/upkeep.ts';

const TIMES = { over: 0, open: 0, openInCrowd: 0, crowd: 0, busy: 1_000 };

test.each([
  ['few writes, long ago', 63, 60_000, false],
  ['many, a while ago', 64, 1_000, true],
  ['many, just now', 64, 999, false],
  ['very many, just now', 512, 0, true],
])('a history grows worth packing by %s', (_, writes, quietMs, isGrown) => {
  expect(hasGrown({ runId: 'r', writes, lastWriteAt: 5_000 }, TIMES, 5_000 + quietMs)).toBe(isGrown);
});

test('where nothing is busy, by many writes', () => {
  expect(hasGrown({ runId: 'r', writes: 64, lastWriteAt: 5_000 }, { ...TIMES, busy: 0 }, 5_000)).toBe(true);
});
