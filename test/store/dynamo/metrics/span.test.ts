import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inHistoryOrder, isNewer, type MetricPoint } from '../../../../functions/domain/metric.ts';
import { MIN_EXTREMES } from '../../../../functions/domain/metric-sample.ts';
import { columnsOf, pointsOf } from '../../../../functions/domain/point-columns.ts';
import {
  firstOf,
  headerOf,
  isMonotone,
  lastOf,
  overlay,
  type Span,
  spanOf,
  withSketchOf,
} from '../../../../functions/store/dynamo/metrics/span.ts';
import { anyPoint } from '../../arbitraries.ts';
import { point, upTo } from '../../samples.ts';

const anyHistory = fc
  .array(
    anyPoint.map((each): MetricPoint => ({ ...each, key: 'm' })),
    { minLength: 1, maxLength: 120 },
  )
  .map(inHistoryOrder);

const headerOfPoints = (points: readonly MetricPoint[]) => headerOf('m', columnsOf(points));
const spanOfPoints = (points: readonly MetricPoint[]) => spanOf('m', columnsOf(points));

/** The points of spans, one span after the other. */
async function pointsWithin(spans: readonly Span[]): Promise<readonly MetricPoint[]> {
  const loaded = await Promise.all(spans.map((span) => span.load()));
  return loaded.flatMap((columns) => pointsOf('m', columns));
}

describe('a header', () => {
  test('tells the count, the first and last point, the extremes and the newest, cut down or not', () => {
    fc.assert(
      fc.property(anyHistory, (points) => {
        const header = headerOfPoints(points);
        expect(header.count).toBe(points.length);
        for (const each of [header, withSketchOf(MIN_EXTREMES, header)]) {
          expect([firstOf(each), lastOf(each)]).toEqual([points[0], points.at(-1)]);
          expect(points.some((candidate) => each.sketch.every((known) => isNewer(candidate, known)))).toBe(false);
          const finite = (some: readonly MetricPoint[]) =>
            some.map(({ value }) => value).filter((v) => !Number.isNaN(v));
          expect(Math.max(...finite(each.sketch)) === Math.max(...finite(points))).toBe(true);
          expect(Math.min(...finite(each.sketch)) === Math.min(...finite(points))).toBe(true);
        }
        expect(header.sketch.length).toBeLessThanOrEqual(17);
        expect(withSketchOf(MIN_EXTREMES, header).sketch.length).toBeLessThanOrEqual(5);
      }),
      { seed: 41 },
    );
  });

  test('knows whether steps ever fall', () => {
    const rising = [
      point({ step: 1, timestamp: 1 }),
      point({ step: 1, timestamp: 2 }),
      point({ step: 2, timestamp: 3 }),
    ];
    expect(headerOfPoints(rising).isMonotone).toBe(true);
    expect(headerOfPoints([...rising, point({ step: 1, timestamp: 4 })]).isMonotone).toBe(false);
    const later = headerOfPoints([point({ step: 2, timestamp: 5 })]);
    const falling = headerOfPoints([point({ step: 0, timestamp: 5 })]);
    expect(isMonotone([headerOfPoints(rising), later])).toBe(true);
    expect(isMonotone([headerOfPoints(rising), falling])).toBe(false);
    expect(isMonotone([])).toBe(true);
  });

  test('is of something', () => {
    expect(() => firstOf({ sketch: [], count: 0, isMonotone: true })).toThrow('at least one point');
  });
});

describe('overlay', () => {
  test('gives all points of spans and loose ones, each once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, anyHistory, fc.integer({ min: 1, max: 40 }), async (packed, loose, size) => {
        const spans = upTo(Math.ceil(packed.length / size)).map((at) =>
          spanOfPoints(packed.slice(at * size, (at + 1) * size)),
        );
        const overlaid = await overlay('m', spans, columnsOf([...loose, ...packed.slice(0, 5)]));
        const all = inHistoryOrder([...packed, ...loose]);
        // Of -0 and 0, which are one point, either may stay.
        const normal = (points: readonly MetricPoint[]) => points.map((each) => ({ ...each, value: each.value + 0 }));
        expect(normal(await pointsWithin(overlaid))).toEqual(normal(all));
        expect(overlaid.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      }),
      { seed: 42 },
    );
  });

  test('loads only spans into which a loose point falls', async () => {
    const untouchable: Span = {
      ...headerOfPoints([point({ timestamp: 5 }), point({ timestamp: 9 })]),
      load: () => Promise.reject(new Error('loaded')),
    };
    const around = columnsOf([point({ timestamp: 4 }), point({ timestamp: 10 })]);
    expect(await overlay('m', [untouchable], around)).toHaveLength(3);
    await expect(overlay('m', [untouchable], columnsOf([point({ timestamp: 7 })]))).rejects.toThrow('loaded');
  });
});
