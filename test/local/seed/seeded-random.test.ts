import { expect, test } from 'vitest';
import { seededRandom } from '../../../local/seed/seeded-random.ts';

const draws = (seed: number, place: number): readonly number[] => {
  const { unit } = seededRandom(seed, place);
  return Array.from({ length: 20 }, unit);
};

const many = <T>(draw: () => T): readonly T[] => Array.from({ length: 5_000 }, draw);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('gives the same numbers for the same seed and place', () => {
  expect(draws(7, 3)).toEqual(draws(7, 3));
});

test('gives other numbers for a neighbouring seed or place', () => {
  const known = new Set(draws(7, 3));
  for (const other of [draws(7, 4), draws(8, 3), draws(3, 7)]) {
    expect(other.filter((value) => known.has(value))).toEqual([]);
  }
});

test('draws from the standard normal distribution', () => {
  const values = many(seededRandom(1, 1).normal);
  expect(mean(values)).toBeCloseTo(0, 1);
  expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
});

test('makes each order of magnitude as likely as another', () => {
  const random = seededRandom(1, 2);
  const values = many(() => random.logUniform(1e-4, 1));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(1e-4);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(values.filter((value) => value < 1e-2).length / values.length).toBeCloseTo(0.5, 1);
});

test('picks in proportion to the weights', () => {
  const random = seededRandom(1, 3);
  const picked = many(() =>
    random.weighted([
      ['often', 3],
      ['seldom', 1],
      ['never', 0],
    ]),
  );
  expect(picked.filter((item) => item === 'often').length / picked.length).toBeCloseTo(0.75, 1);
  expect(picked).not.toContain('never');
});
