import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INT64_MAX, INT64_MIN } from '../../../../functions/domain/int64.ts';
import { isNewer, type MetricPoint } from '../../../../functions/domain/metric.ts';
import { decodeLatestValue, encodeLatestValue } from '../../../../functions/store/dynamo/codecs/latest-value.ts';
import { anyInt64, anyPoint } from '../../arbitraries.ts';

const point = (part: Partial<MetricPoint> = {}): MetricPoint => ({
  key: 'm',
  value: 1,
  timestamp: 0,
  step: 0,
  ...part,
});

const isGreater = (a: MetricPoint, b: MetricPoint): boolean =>
  Buffer.compare(encodeLatestValue(a), encodeLatestValue(b)) > 0;

test('takes 32 bytes', () => {
  expect(encodeLatestValue(point())).toHaveLength(32);
});

describe('a value comes back', () => {
  test.each<[string, Partial<MetricPoint>]>([
    ['NaN', { value: Number.NaN }],
    ['-0', { value: -0 }],
    ['the largest double', { value: Number.MAX_VALUE }],
    ['the smallest double', { value: -Number.MAX_VALUE }],
    ['the least int64', { step: INT64_MIN, timestamp: INT64_MIN }],
    ['the greatest int64', { step: INT64_MAX, timestamp: INT64_MAX }],
    ['a key that objects know', { key: '__proto__' }],
  ])('%s', (_, part) => {
    expect(decodeLatestValue(part.key ?? 'm', encodeLatestValue(point(part)))).toEqual(point(part));
  });

  test('whatever it is', () => {
    fc.assert(
      fc.property(anyPoint, (each) => {
        expect(decodeLatestValue(each.key, encodeLatestValue(each))).toEqual(each);
      }),
      { seed: 31 },
    );
  });

  test('also from the middle of a larger buffer', () => {
    const larger = Buffer.concat([Buffer.from('before'), encodeLatestValue(point({ step: 7 }))]);
    expect(decodeLatestValue('m', larger.subarray(6))).toEqual(point({ step: 7 }));
  });
});

describe('the bytes sort', () => {
  test.each<[string, Partial<MetricPoint>, Partial<MetricPoint>]>([
    ['a later step before a later time', { step: 2, timestamp: 1 }, { step: 1, timestamp: 9 }],
    ['a later time before a larger value', { timestamp: 2, value: 1 }, { timestamp: 1, value: 9 }],
    ['a larger value', { value: 2 }, { value: 1 }],
    ['a step above zero over one below', { step: 1 }, { step: -1 }],
    ['a value above zero over one below', { value: 1e-300 }, { value: -1e300 }],
    ['the nearer of two below zero', { value: -1 }, { value: -2 }],
    ['a value above zero over NaN', { value: Number.MIN_VALUE }, { value: Number.NaN }],
    ['NaN over a value below zero', { value: Number.NaN }, { value: -Number.MIN_VALUE }],
    ['the greatest int64 over the one before', { step: INT64_MAX }, { step: INT64_MAX - 1n }],
  ])('%s', (_, greater, smaller) => {
    expect(isGreater(point(greater), point(smaller))).toBe(true);
    expect(isGreater(point(smaller), point(greater))).toBe(false);
  });

  test('as the domain says which of two points is newer', () => {
    const anyNear = fc.record({
      key: fc.constant('m'),
      value: fc.constantFrom(0, 1, -1, 2.5, -2.5, 1e-300, Number.MAX_VALUE, -Number.MAX_VALUE),
      timestamp: fc.oneof(fc.integer({ min: -1, max: 1 }), anyInt64),
      step: fc.oneof(fc.integer({ min: -1, max: 1 }), anyInt64),
    });
    fc.assert(
      fc.property(anyNear, anyNear, (a, b) => {
        expect(isGreater(a, b)).toBe(isNewer(a, b));
      }),
      { seed: 32, numRuns: 2000 },
    );
  });

  test('so that a newer point is always greater, NaN and both zeros among them', () => {
    fc.assert(
      fc.property(anyPoint, anyPoint, (a, b) => {
        if (isNewer(a, b)) expect(isGreater(a, b)).toBe(true);
        if (isNewer(b, a)) expect(isGreater(a, b)).toBe(false);
      }),
      { seed: 33, numRuns: 2000 },
    );
  });

  test('so that of points that tie one is greatest in whatever order they come', () => {
    const ties = [point({ value: Number.NaN }), point({ value: 0 }), point({ value: -0 })].map(encodeLatestValue);
    const greatest = ties.toSorted(Buffer.compare).at(-1);
    expect(ties.toReversed().toSorted(Buffer.compare).at(-1)).toEqual(greatest);
    expect(new Set(ties.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(3);
  });
});
