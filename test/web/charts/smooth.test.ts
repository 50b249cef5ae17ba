import { describe, expect, test } from 'vitest';
import { smooth } from '../../../web/charts/maths/smooth.ts';

const values = (...numbers: readonly number[]) => Float64Array.from(numbers);

describe('smoothing', () => {
  test('follows TensorBoard: an average that forgets, divided by 1 - weight^n', () => {
    const [first = 0, second = 0, third = 0] = smooth(values(1, 2, 4), 0.5);
    expect(first).toBeCloseTo(0.5 / 0.5, 12);
    expect(second).toBeCloseTo((0.25 + 1) / 0.75, 12);
    expect(third).toBeCloseTo((0.125 + 0.5 + 2) / 0.875, 12);
  });

  test('begins at the first value, whatever the weight', () => {
    for (const weight of [0.1, 0.6, 0.99]) expect(smooth(values(7, 3), weight)[0]).toBeCloseTo(7, 9);
  });

  test('leaves what is no number as a gap, which moves nothing', () => {
    const withGap = smooth(values(1, Number.NaN, 2), 0.5);
    expect(withGap[1]).toBeNaN();
    expect(withGap[2]).toBe(smooth(values(1, 2), 0.5)[1]);
    expect(smooth(values(1, Number.POSITIVE_INFINITY, 2), 0.5)[1]).toBe(Number.POSITIVE_INFINITY);
  });

  test('gives back the same columns where there is nothing to smooth', () => {
    const logged = values(1, 2, 3);
    expect(smooth(logged, 0)).toBe(logged);
    const constant = values(0.1, 0.1, 0.1);
    expect(smooth(constant, 0.9)).toBe(constant);
  });
});
