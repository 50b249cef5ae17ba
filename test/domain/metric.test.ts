import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INT64_MAX, INT64_MIN, normalizeInt64 } from '../../functions/domain/int64.ts';
import {
  compareByStep,
  compareByTime,
  inHistoryOrder,
  isNewer,
  type MetricPoint,
  newestOf,
  storedValue,
  validateMetric,
} from '../../functions/domain/metric.ts';
import { expectRefusal } from './expect-refusal.ts';

const point = (part: Partial<MetricPoint> = {}): MetricPoint => ({
  key: 'm',
  value: 1,
  timestamp: 0,
  step: 0,
  ...part,
});

const anyInt64 = fc
  .oneof(fc.integer({ min: -2, max: 2 }).map(BigInt), fc.bigInt({ min: INT64_MIN, max: INT64_MAX }))
  .map(normalizeInt64);
const anyValue = fc.oneof(fc.constantFrom(Number.NaN, 0, -0, 1, Number.POSITIVE_INFINITY, -1), fc.double());
const anyPoint = fc.record({ key: fc.constant('m'), value: anyValue, timestamp: anyInt64, step: anyInt64 });

describe('validateMetric', () => {
  test('lets a point pass: any value, any step, any time since the epoch', () => {
    expect(() => validateMetric(point({ value: Number.NaN, step: INT64_MIN, timestamp: INT64_MAX }), '')).not.toThrow();
    expect(() => validateMetric(point({ key: 'é'.repeat(250) }))).not.toThrow();
  });

  test.each([
    [point({ timestamp: -1 }), '', 'timestamp', '-1', '1.0'],
    [
      point({ timestamp: INT64_MIN, value: Number.NaN }),
      'metrics[0]',
      'metrics[0].timestamp',
      String(INT64_MIN),
      'nan',
    ],
    [point({ timestamp: -5, value: 1e-5 }), 'metrics[9]', 'metrics[9].timestamp', '-5', '1e-05'],
    [point({ timestamp: -5, value: Number.POSITIVE_INFINITY }), '', 'timestamp', '-5', 'inf'],
  ])('refuses a time before the epoch, case %#', (bad, path, field, timestamp, value) => {
    expectRefusal(
      () => validateMetric(bad, path),
      `Invalid value ${timestamp} for parameter '${field}' supplied: metric 'm' (value=${value}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  });

  test('refuses a name that is too long', () => {
    expectRefusal(
      () => validateMetric(point({ key: 'a'.repeat(251) }), 'metrics[0]'),
      "'Metric name' exceeds the maximum length of 250 characters",
    );
  });

  test('looks at the name first, then the time, then the length', () => {
    expect(() => validateMetric(point({ key: 'a*', timestamp: -1 }), 'metrics[1]')).toThrow(/'metrics\[1\]\.name'/);
    expect(() => validateMetric(point({ key: 'a'.repeat(251), timestamp: -1 }))).toThrow(/'timestamp'/);
  });
});

test.each([
  [1.5, 1.5],
  [Number.POSITIVE_INFINITY, 1.7976931348623157e308],
  [Number.NEGATIVE_INFINITY, -1.7976931348623157e308],
  [Number.NaN, Number.NaN],
  [-0, 0],
  [0, 0],
])('storedValue keeps %d as %d', (value, stored) => {
  expect(storedValue(value)).toBe(stored);
});

/** The primary key of MLflow's table. */
const identityOf = ({ key, step, timestamp, value }: MetricPoint): string =>
  `${step} ${timestamp} ${storedValue(value)} ${key}`;

describe('inHistoryOrder', () => {
  test.each([
    [point(), point(), 1],
    [point({ value: Number.NaN }), point({ value: Number.NaN }), 1],
    [point({ value: Number.NaN }), point({ value: 0 }), 2],
    [point({ value: -0 }), point({ value: 0 }), 1],
    [point({ value: Number.POSITIVE_INFINITY }), point({ value: Number.MAX_VALUE }), 1],
    [point({ value: 1 }), point({ value: 2 }), 2],
    [point({ step: 1 }), point({ timestamp: 1 }), 2],
    [point({ step: 2n ** 53n }), point({ step: 2n ** 53n + 1n }), 2],
  ])('tells one point from two, case %#', (a, b, count) => {
    expect(inHistoryOrder([a, b])).toHaveLength(count);
  });

  test('gives each point once, sorted by time, and leaves the list as it was', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: 12 }), (points) => {
        const before = [...points];
        const ordered = inHistoryOrder([...points, ...points]);
        expect(ordered.map(identityOf)).toEqual([...new Set(points.toSorted(compareByTime).map(identityOf))]);
        expect(points).toEqual(before);
      }),
      { seed: 10, numRuns: 300 },
    );
  });
});

describe('newestOf', () => {
  test('is the first of those that tie, and none of none', () => {
    const [older, zero, notANumber] = [point(), point({ step: 1, value: 0 }), point({ step: 1, value: Number.NaN })];
    expect(newestOf([older, zero, notANumber])).toBe(zero);
    expect(newestOf([notANumber, zero, older])).toBe(notANumber);
    expect(newestOf([])).toBeUndefined();
  });
});

describe('isNewer', () => {
  test.each([
    ['a later step', { step: 2 }, { step: 1, timestamp: 9, value: 9 }, true],
    ['an earlier step', { step: -1 }, { step: 0 }, false],
    ['a later time at the same step', { timestamp: 2 }, { timestamp: 1, value: 9 }, true],
    ['an earlier time at the same step', { timestamp: 1, value: 9 }, { timestamp: 2 }, false],
    ['a greater value at the same time', { value: 2 }, { value: 1 }, true],
    ['a smaller value at the same time', { value: 1 }, { value: 2 }, false],
    ['the same point', {}, {}, false],
    ['NaN against a value below 0', { value: Number.NaN }, { value: -1 }, true],
    ['NaN against 0', { value: Number.NaN }, { value: 0 }, false],
    ['0 against NaN', { value: 0 }, { value: Number.NaN }, false],
    ['a value above 0 against NaN', { value: 1 }, { value: Number.NaN }, true],
    ['0 against -0', { value: 0 }, { value: -0 }, false],
    ['infinity against the largest double', { value: Number.POSITIVE_INFINITY }, { value: Number.MAX_VALUE }, false],
    ['infinity against minus infinity', { value: Number.POSITIVE_INFINITY }, { value: Number.NEGATIVE_INFINITY }, true],
    ['a step beyond 2^53', { step: 2n ** 53n + 1n }, { step: 2n ** 53n }, true],
  ])('%s', (_, candidate, current, newer) => {
    expect(isNewer(point(candidate), point(current))).toBe(newer);
  });

  test('leads to the same latest point whatever the order of arrival, but for 0 and NaN', () => {
    const finite = anyPoint.filter(({ value }) => !Number.isNaN(value));
    const latestOf = (points: readonly MetricPoint[]) =>
      points.reduce((latest, next) => (isNewer(next, latest) ? next : latest));
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 8 }), (points) => {
        expect(identityOf(latestOf(points))).toBe(identityOf(latestOf(points.toReversed())));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe.each([
  ['compareByTime', compareByTime],
  ['compareByStep', compareByStep],
])('%s', (_, compare) => {
  test('is a total order that ties only for one and the same point', () => {
    fc.assert(
      fc.property(anyPoint, anyPoint, anyPoint, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)));
        expect(compare(a, b) === 0).toBe(identityOf(a) === identityOf(b));
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { seed: 8, numRuns: 500 },
    );
  });

  test('puts NaN right after 0', () => {
    const values = [1, Number.NaN, 0, -1].map((value) => point({ value }));
    expect(values.toSorted(compare).map(({ value }) => value)).toEqual([-1, 0, Number.NaN, 1]);
  });
});

test('compareByTime looks at the time, then the step, then the value', () => {
  const points = [
    point({ timestamp: 2, step: 0, value: 0 }),
    point({ timestamp: 1, step: 2, value: 0 }),
    point({ timestamp: 1, step: 1, value: 9 }),
    point({ timestamp: 1, step: 1, value: 1 }),
  ];
  expect(points.toSorted(compareByTime)).toEqual(points.toReversed());
});

test('compareByStep looks at the step, then the time, then the value', () => {
  const points = [
    point({ step: 2, timestamp: 0, value: 0 }),
    point({ step: 1, timestamp: 2, value: 0 }),
    point({ step: 1, timestamp: 1, value: 9 }),
    point({ step: 1, timestamp: 1, value: 1 }),
  ];
  expect(points.toSorted(compareByStep)).toEqual(points.toReversed());
});
