import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logMarks } from '../../../web/charts/maths/log-marks.ts';

test('marks of a logarithm are 1, 2, 5 of each power of ten', () => {
  expect(logMarks({ from: 0.8, to: 60 })).toEqual([1, 2, 5, 10, 20, 50]);
});

test('are powers of ten where those would be too many, and every other where those are', () => {
  expect(logMarks({ from: 1e-5, to: 1 })).toEqual([1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
  expect(logMarks({ from: 1e-12, to: 1 })).toEqual([1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 0.01, 1]);
});

test('are round numbers in a range that holds no power of ten', () => {
  expect(logMarks({ from: 1.1, to: 1.7 })).toEqual([1.2, 1.4, 1.6]);
});

test('are a few within the range, in ascending order', () => {
  const exponent = fc.double({ min: -30, max: 30, noNaN: true });
  fc.assert(
    fc.property(exponent, fc.double({ min: 0.05, max: 40, noNaN: true }), (start, width) => {
      const range = { from: 10 ** start, to: 10 ** (start + width) };
      const marks = logMarks(range);
      expect(marks.length).toBeGreaterThan(0);
      expect(marks.length).toBeLessThanOrEqual(12);
      expect(marks).toEqual(marks.toSorted((a, b) => a - b));
      for (const mark of marks) expect(mark >= range.from * (1 - 1e-9) && mark <= range.to * (1 + 1e-9)).toBe(true);
    }),
  );
});
