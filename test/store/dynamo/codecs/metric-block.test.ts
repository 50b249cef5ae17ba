import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INT64_MAX, INT64_MIN } from '../../../../functions/domain/int64.ts';
import type { MetricPoint } from '../../../../functions/domain/metric.ts';
import { pointsOf } from '../../../../functions/domain/point-columns.ts';
import {
  decodeMetricBlock,
  decodeMetricOf,
  encodeMetricBlock,
} from '../../../../functions/store/dynamo/codecs/metric-block.ts';
import { anyPoint } from '../../arbitraries.ts';
import { seededRandom } from '../../random-text.ts';

const point = (part: Partial<MetricPoint> = {}): MetricPoint => ({
  key: 'm',
  value: 1,
  timestamp: 0,
  step: 0,
  ...part,
});

/** What a training loop sends: `count` points spread over `keys` metrics, values of full precision. */
function trainingPoints(count: number, keys: number): readonly MetricPoint[] {
  const random = seededRandom(5);
  return Array.from({ length: count }, (_, at) => ({
    key: `train/metric_${at % keys}`,
    value: random(),
    timestamp: 1_700_000_000_000 + at * 137 + Math.floor(random() * 50),
    step: Math.floor(at / keys),
  }));
}

/** Blocks keep the order within a metric and gather the metrics. */
function gathered(points: readonly MetricPoint[]): readonly MetricPoint[] {
  return [...new Set(points.map(({ key }) => key))].flatMap((key) => points.filter((each) => each.key === key));
}

describe('a block gives back', () => {
  test.each<[string, readonly MetricPoint[]]>([
    ['nothing', []],
    ['one point', [point()]],
    ['NaN', [point({ value: Number.NaN })]],
    ['-0', [point({ value: -0 })]],
    ['infinities', [point({ value: Number.POSITIVE_INFINITY }), point({ value: Number.NEGATIVE_INFINITY })]],
    ['the ends of int64', [point({ step: INT64_MIN, timestamp: INT64_MAX }), point({ step: INT64_MAX })]],
    ['the last step that is narrow', [point({ step: 2 ** 51 - 1 }), point({ step: -(2 ** 51) + 1 })]],
    ['the first step that is wide', [point({ step: 2 ** 51 }), point({ step: -(2 ** 51) })]],
    [
      'safe integers of either sign',
      [point({ step: Number.MAX_SAFE_INTEGER }), point({ step: -Number.MAX_SAFE_INTEGER })],
    ],
    [
      'a step beyond safe integers among small ones',
      [point({ step: 1 }), point({ step: 2n ** 53n }), point({ step: 2 })],
    ],
    ['keys beyond ASCII', [point({ key: 'größe/\u{1f600}' })]],
    ['keys that objects know', [point({ key: '__proto__' }), point({ key: 'constructor' })]],
    ['an empty key', [point({ key: '' })]],
    ['equal points as often as they were given', [point(), point(), point()]],
  ])('%s', (_, points) => {
    expect(decodeMetricBlock(encodeMetricBlock(points))).toEqual(points);
  });

  test('any points, those of a metric in their order', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: 60 }), (points) => {
        expect(decodeMetricBlock(encodeMetricBlock(points))).toEqual(gathered(points));
      }),
      { seed: 21 },
    );
  });

  test('a thousand points', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 1000, maxLength: 1000 }), (points) => {
        expect(decodeMetricBlock(encodeMetricBlock(points))).toEqual(gathered(points));
      }),
      { seed: 22, numRuns: 5 },
    );
  });
});

describe('one metric of a block', () => {
  const decode = (block: Uint8Array, key: string) => pointsOf(key, decodeMetricOf(block, key));

  test('comes without the others', () => {
    const block = encodeMetricBlock([point({ key: 'a', step: 1 }), point({ key: 'b' }), point({ key: 'a', step: 2 })]);
    expect(decode(block, 'a')).toEqual([point({ key: 'a', step: 1 }), point({ key: 'a', step: 2 })]);
    expect(decode(block, 'b')).toEqual([point({ key: 'b' })]);
  });

  test('is empty when the block does not hold it', () => {
    expect(decode(encodeMetricBlock([point()]), 'other')).toEqual([]);
    expect(decode(encodeMetricBlock([point()]), '')).toEqual([]);
  });

  test('is what a filter over all points gives', () => {
    const anyFewKeys = fc.array(
      anyPoint.chain((base) => fc.constantFrom('a', 'b', '__proto__').map((key) => ({ ...base, key }))),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(anyFewKeys, fc.constantFrom('a', 'b', '__proto__'), (points, key) => {
        expect(decode(encodeMetricBlock(points), key)).toEqual(points.filter((each) => each.key === key));
      }),
      { seed: 23 },
    );
  });
});

test('reads from the middle of a larger buffer', () => {
  const block = encodeMetricBlock(trainingPoints(50, 2));
  const larger = Buffer.concat([Buffer.from('before'), block]);
  expect(decodeMetricBlock(larger.subarray(6))).toEqual(gathered(trainingPoints(50, 2)));
});

describe('the size of a block', () => {
  test('stays under 30 KB for 1,000 points of 10 metrics', () => {
    expect(encodeMetricBlock(trainingPoints(1000, 10)).length).toBeLessThan(30 * 1024);
  });

  test('stays under 1 KB for one point, also with the longest key', () => {
    expect(encodeMetricBlock([point({ key: 'k'.repeat(250), timestamp: 1_700_000_000_000 })]).length).toBeLessThan(
      1024,
    );
    expect(encodeMetricBlock([point({ step: INT64_MAX, timestamp: INT64_MAX })]).length).toBeLessThan(64);
  });

  test('stays under 350 KB for 1,000 metrics of the longest names', () => {
    const points = Array.from({ length: 1000 }, (_, at) => point({ key: `${at}`.padStart(250, 'é'), step: at }));
    expect(encodeMetricBlock(points).length).toBeLessThan(350_000);
  });
});
