import { expect, test } from 'vitest';
import { compareInt64, fitsInt64, INT64_MAX, INT64_MIN, normalizeInt64 } from '../../functions/domain/int64.ts';

test.each([
  [0n, 0],
  [2n ** 53n - 1n, 2 ** 53 - 1],
  [2n ** 53n, 2n ** 53n],
  [INT64_MIN, INT64_MIN],
])('%s in normal form is %s', (value, normal) => {
  expect(normalizeInt64(value)).toBe(normal);
});

test.each([
  [0, true],
  [0.5, false],
  [2 ** 53, false],
  [INT64_MAX, true],
  [INT64_MAX + 1n, false],
  [INT64_MIN, true],
  [INT64_MIN - 1n, false],
])('%s fits into 64 bits: %s', (value, fits) => {
  expect(fitsInt64(value)).toBe(fits);
});

test.each([
  [1, 1, 0],
  [1, 2, -1],
  [2, 1, 1],
  [2n ** 60n, 1, 1],
  [-(2n ** 60n), 1, -1],
  [2n ** 60n, 2n ** 60n, 0],
])('%s against %s gives %s', (a, b, order) => {
  expect(compareInt64(a, b)).toBe(order);
});
