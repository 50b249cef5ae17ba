import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenRanks, extremeRows } from '../../functions/domain/metric-sample.ts';

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** SQL's NTILE and the last-row rule, told literally. */
function ranksByBuckets(count: number, maxResults: number): readonly number[] {
  const size = Math.floor(count / maxResults);
  const larger = count % maxResults;
  const ranks: number[] = [];
  let at = 0;
  for (let bucket = 0; bucket < maxResults && at < count; bucket += 1) {
    ranks.push(at);
    at += bucket < larger ? size + 1 : size;
  }
  if (count === 0 || ranks.at(-1) === count - 1) return ranks;
  return ranks.length >= maxResults ? [...ranks.slice(0, -1), count - 1] : [...ranks, count - 1];
}

describe('evenRanks', () => {
  test.each([
    [1, [9]],
    [2, [0, 9]],
    [3, [0, 4, 9]],
    [4, [0, 3, 6, 9]],
    [5, [0, 2, 4, 6, 9]],
    [7, [0, 2, 4, 6, 7, 8, 9]],
    [9, [0, 2, 3, 4, 5, 6, 7, 8, 9]],
    [10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [11, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('takes of ten points, asked for %i, what MLflow 3.17 takes', (maxResults, ranks) => {
    expect(evenRanks(10, maxResults)).toEqual(ranks);
  });

  test.each([0, -3])('takes the last point when asked for %i', (maxResults) => {
    expect(evenRanks(3, maxResults)).toEqual([2]);
  });

  test('takes nothing of nothing', () => {
    expect(evenRanks(0, 5)).toEqual([]);
  });

  test('agrees with NTILE for every count and size', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 70 }), (count, maxResults) => {
        expect(evenRanks(count, maxResults)).toEqual(ranksByBuckets(count, maxResults));
      }),
      { seed: 9, numRuns: 500 },
    );
  });
});

describe('extremeRows', () => {
  const rowsOf = (values: readonly number[], maxPoints: number) => extremeRows(Float64Array.from(values), maxPoints);

  test('takes all of a few points', () => {
    expect(rowsOf([], 4)).toEqual([]);
    expect(rowsOf([3, 1, 2, 2], 4)).toEqual([0, 1, 2, 3]);
    expect(rowsOf([3, 1, 2, 2], 1)).toEqual([0, 1, 2, 3]);
  });

  test('takes first and last, and between them the least and greatest of each bucket in their order', () => {
    expect(rowsOf([5, 1, 9, 2, 2, 8, 0, 5], 6)).toEqual([0, 1, 2, 5, 6, 7]);
    expect(rowsOf([5, 9, 1, 2, 2, 0, 8, 5], 4)).toEqual([0, 1, 5, 7]);
    expect(rowsOf([5, 9, 1, 2, 2, 0, 8, 5], 2)).toEqual([0, 1, 5, 7]);
  });

  test('takes one row of a bucket that is flat', () => {
    expect(rowsOf([1, 1, 1, 1, 1, 1], 4)).toEqual([0, 1, 5]);
  });

  test('looks past NaN, but keeps one where there is nothing else', () => {
    const gap = Number.NaN;
    expect(rowsOf([0, gap, 3, gap, 1, 0], 4)).toEqual([0, 2, 4, 5]);
    expect(rowsOf([0, gap, gap, gap, gap, 0], 4)).toEqual([0, 1, 5]);
  });

  test('holds no more than asked for, rises, and has the ends and extremes of all', () => {
    const anyValues = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 4, max: 60 }), (values, maxPoints) => {
        const rows = rowsOf(values, maxPoints);
        expect(rows.length).toBeLessThanOrEqual(maxPoints);
        expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
        const taken = rows.map((row) => Number(values[row]));
        expect([rows[0], rows.at(-1)]).toEqual([0, values.length - 1]);
        expect([Math.min(...taken), Math.max(...taken)]).toEqual([Math.min(...values), Math.max(...values)]);
        expect(rows.every((row) => upTo(values.length).includes(row))).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
