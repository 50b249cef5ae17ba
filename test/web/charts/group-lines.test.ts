import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanOfLines } from '../../../web/charts/maths/group-lines.ts';
import { column, line } from './lines.ts';

describe('the mean of a group', () => {
  test('is taken where any line has a point, between its points along the straight line', () => {
    const { xs, ys, band } = meanOfLines([line([0, 2], [0, 2]), line([0, 1, 2], [4, 3, 4])]);
    expect(xs).toEqual(column(0, 1, 2));
    expect(ys).toEqual(column(2, 2, 3));
    expect(band.lows).toEqual(column(0, 1, 2));
    expect(band.highs).toEqual(column(4, 3, 4));
  });

  test('counts a line only from its first to its last point', () => {
    const { ys } = meanOfLines([line([0, 3], [1, 1]), line([1, 2], [3, 3])]);
    expect(ys).toEqual(column(1, 2, 2, 1));
  });

  test('passes over gaps', () => {
    const { ys, band } = meanOfLines([line([0, 1, 2], [1, Number.NaN, 3]), line([0, 1, 2], [1, 4, 3])]);
    expect(ys).toEqual(column(1, 3, 3));
    expect(band.lows[1]).toBe(2);
  });

  test('loses no peak between places, and draws no more places than can be seen', () => {
    const steps = Array.from({ length: 10_000 }, (_, step) => step);
    const values = steps.map((step) => (step === 4321 ? 100 : 0));
    const { xs, band } = meanOfLines([
      line(steps, values),
      line(
        steps,
        steps.map(() => 0),
      ),
    ]);
    expect(xs.length).toBeLessThanOrEqual(500);
    expect(Math.max(...band.highs)).toBe(100);
  });

  test('has a band of one standard deviation where that is wanted', () => {
    const lines = [line([0, 2], [0, 2]), line([0, 1, 2], [4, 3, 4]), line([0], [8])];
    const { ys, band, extremes } = meanOfLines(lines, 'deviation');
    expect(extremes.highs).toEqual(column(8, 3, 4));
    expect(ys).toEqual(column(4, 2, 3));
    // Of 0, 4 and 8 the variance is 32 / 3; of 1 and 3, and of 2 and 4, it is 1.
    expect(band.lows).toEqual(column(4 - Math.sqrt(32 / 3), 1, 2));
    expect(band.highs).toEqual(column(4 + Math.sqrt(32 / 3), 3, 4));
  });

  test('lies within its band', () => {
    const points = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 40 }), fc.double({ min: -1e3, max: 1e3, noNaN: true })),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 4 }), (lists) => {
        const lines = lists.map((list) => {
          const sorted = [...new Map(list)].sort(([a], [b]) => a - b);
          return line(
            sorted.map(([x]) => x),
            sorted.map(([, y]) => y),
          );
        });
        const { ys, band } = meanOfLines(lines);
        for (const [place, y] of ys.entries()) {
          expect(y).toBeGreaterThanOrEqual(Number(band.lows[place]) - 1e-9);
          expect(y).toBeLessThanOrEqual(Number(band.highs[place]) + 1e-9);
        }
      }),
    );
  });
});
