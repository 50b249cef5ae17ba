import { describe, expect, test } from 'vitest';
import { xRangeOf, yRangeOf } from '../../../web/charts/maths/ranges.ts';
import { column, line } from './lines.ts';

const LINEAR = { isLog: false };
const ALL = { isLog: false, isWithoutOutliers: false };
const WIDE = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

describe('the range of x', () => {
  test('goes from the first to the last point of all lines', () => {
    expect(xRangeOf([line([2, 5], [1, 1]), line([0, 3], [1, 1])], LINEAR)).toEqual({ from: 0, to: 5 });
  });

  test('begins above zero on a logarithm', () => {
    expect(xRangeOf([line([0, 1, 10], [1, 1, 1])], { isLog: true })).toEqual({ from: 1, to: 10 });
  });

  test('has a width though there is one point, and is none without any', () => {
    expect(xRangeOf([line([0], [1])], LINEAR)).toEqual({ from: -0.5, to: 0.5 });
    expect(xRangeOf([line([4], [1])], { isLog: true })).toEqual({ from: 2, to: 8 });
    expect(xRangeOf([], LINEAR)).toBeUndefined();
    expect(xRangeOf([line([1], [Number.NaN])], LINEAR)).toBeUndefined();
  });
});

describe('the range of y', () => {
  test('holds every value within the range of x, with a little room', () => {
    expect(yRangeOf([line([0, 1, 2], [0, 10, 1000])], { from: 0, to: 1 }, ALL)).toEqual({ from: -0.5, to: 10.5 });
  });

  test('holds what lies behind a smoothed line, and the band of a group', () => {
    const smoothed = line([0, 1], [4, 5], { rawYs: column(0, 10) });
    expect(yRangeOf([smoothed], WIDE, ALL)).toEqual({ from: -0.5, to: 10.5 });
    const group = line([0, 1], [4, 5], { band: { lows: column(0, 1), highs: column(10, 9) } });
    expect(yRangeOf([group], WIDE, ALL)).toEqual({ from: -0.5, to: 10.5 });
  });

  test('leaves out the twentieth at each end where outliers are not wanted', () => {
    const steps = Array.from({ length: 101 }, (_, step) => step);
    const values = steps.map((step) => (step === 50 ? 1e9 : step));
    const range = yRangeOf([line(steps, values)], WIDE, { isLog: false, isWithoutOutliers: true });
    expect(range?.to).toBeLessThan(110);
    expect(range?.from).toBeGreaterThan(-5);
  });

  test('passes over what a logarithm has no place for, and infinities', () => {
    const range = yRangeOf([line([0, 1, 2, 3], [0, 1, 100, Number.POSITIVE_INFINITY])], WIDE, { ...ALL, isLog: true });
    expect(range?.from).toBeCloseTo(1 / 100 ** 0.05, 9);
    expect(range?.to).toBeCloseTo(100 * 100 ** 0.05, 9);
    expect(yRangeOf([line([0], [-1])], WIDE, { ...ALL, isLog: true })).toBeUndefined();
  });
});
