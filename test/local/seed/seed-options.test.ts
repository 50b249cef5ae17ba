import { expect, test } from 'vitest';
import { CommandError } from '../../../local/command-error.ts';
import { parseSeedOptions, SEED_USAGE } from '../../../local/seed/seed-options.ts';

test('without options, a thousand runs go to the server on this machine', () => {
  expect(parseSeedOptions([])).toEqual({
    world: {
      seed: 1,
      runs: 1000,
      size: { metrics: 10, points: 100, params: 15, tags: 8 },
      until: Date.UTC(2026, 10, 1),
    },
    target: { kind: 'server', url: 'http://127.0.0.1:5000' },
    experiment: undefined,
    concurrency: 32,
  });
});

test('each option is heard', () => {
  const line =
    '--runs 5 --data-dir d --experiment e --seed 9 --until 2025-01-02 --metrics 1 --points 2 --params 3 --tags 4 --concurrency 6';
  expect(parseSeedOptions(line.split(' '))).toEqual({
    world: { seed: 9, runs: 5, size: { metrics: 1, points: 2, params: 3, tags: 4 }, until: Date.UTC(2025, 0, 2) },
    target: { kind: 'data-dir', dataDir: 'd' },
    experiment: 'e',
    concurrency: 6,
  });
});

test.each([
  [['--runs', '0'], '--runs 0'],
  [['--runs', 'many'], '--runs many'],
  [['--points', '-1'], '--points'],
  [['--concurrency', '0'], '--concurrency 0'],
  [['--until', 'soon'], '--until soon'],
  [['--url', 'nowhere'], '--url nowhere'],
  [['--url', 'http://127.0.0.1:1', '--data-dir', 'd'], '--data-dir'],
  [['--colour', 'red'], '--colour'],
  [['here'], 'here'],
])('%j is explained', (args, sentence) => {
  expect(() => parseSeedOptions(args)).toThrow(CommandError);
  expect(() => parseSeedOptions(args)).toThrow(sentence);
});

test('the usage names each option', () => {
  for (const name of ['runs', 'url', 'data-dir', 'experiment', 'seed', 'metrics', 'points', 'params', 'tags']) {
    expect(SEED_USAGE).toContain(`--${name} `);
  }
});
