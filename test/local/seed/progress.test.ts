import { expect, test } from 'vitest';
import { progressLine, summaryLine } from '../../../local/seed/progress.ts';

test('says how far it is, how fast it goes and how long it will take', () => {
  expect(progressLine({ runs: 2_500, points: 2_500_000 }, 100_000, 10)).toBe(
    '2,500 of 100,000 runs, 250 runs/s, 250,000 points/s, 6 min 30 s left',
  );
});

test('promises nothing before the first run', () => {
  expect(progressLine({ runs: 0, points: 0 }, 10, 0)).toBe('0 of 10 runs, 0 runs/s, 0 points/s');
});

test('sums up at the end', () => {
  expect(summaryLine({ runs: 30, points: 3_000 }, 1.5)).toBe(
    'Seeded 30 runs with 3,000 points in 1.5 s: 20 runs/s, 2,000 points/s.',
  );
});
