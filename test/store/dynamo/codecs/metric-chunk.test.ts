import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, concatColumns, type PointColumns } from '../../../../functions/domain/point-columns.ts';
import { decodeMetricChunk, encodeMetricChunk } from '../../../../functions/store/dynamo/codecs/metric-chunk.ts';
import { anyPoint } from '../../arbitraries.ts';
import { seededRandom } from '../../random-text.ts';

/** What a training loop logs; `pick` gives the value of a random number. */
function trainingColumns(count: number, pick: (random: number) => number): PointColumns {
  const random = seededRandom(6);
  return columnsOf(
    Array.from({ length: count }, (_, step) => ({
      key: 'm',
      step,
      timestamp: 1_700_000_000_000 + step * 137 + Math.floor(random() * 50),
      value: pick(random()),
    })),
  );
}

test('a chunk gives any points back, each value bit by bit', () => {
  fc.assert(
    fc.property(fc.array(anyPoint, { maxLength: 80 }), (points) => {
      const columns = columnsOf(points);
      expect(decodeMetricChunk(encodeMetricChunk(columns))).toEqual(columns);
    }),
    { seed: 31 },
  );
});

test('a chunk of points that were cut out of others is theirs alone', () => {
  const columns = trainingColumns(100, (value) => value);
  const part = { ...columns, steps: columns.steps.slice(10, 20), timestamps: columns.timestamps.slice(10, 20) };
  const chunk = encodeMetricChunk({ ...part, values: columns.values.subarray(10, 20) });
  expect(decodeMetricChunk(chunk)).toEqual({ ...part, values: columns.values.slice(10, 20) });
});

test('columns with some integers beyond doubles stay exact beside narrow ones', () => {
  const wide = columnsOf([{ key: 'm', step: 2n ** 62n, timestamp: 3, value: 1 }]);
  const columns = concatColumns([trainingColumns(3, (value) => value), wide]);
  const decoded = decodeMetricChunk(encodeMetricChunk(columns));
  expect(decoded).toEqual(columns);
  expect(decoded.timestamps).toBeInstanceOf(Float64Array);
});

describe('the size of a chunk of 25,000 points', () => {
  test.each<[string, (random: number) => number, number]>([
    ['values of full precision', (random) => random, 215_000],
    ['values of single precision', Math.fround, 130_000],
    ['a value that stays', () => 0.5, 40_000],
  ])('of %s', (_, pick, maxBytes) => {
    expect(encodeMetricChunk(trainingColumns(25_000, pick)).length).toBeLessThan(maxBytes);
  });
});
