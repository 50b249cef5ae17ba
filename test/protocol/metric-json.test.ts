import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeInt64 } from '../../functions/domain/int64.ts';
import { columnsOf } from '../../functions/domain/point-columns.ts';
import { wireMetric } from '../../functions/protocol/entities.ts';
import { parseJson, stringifyJson } from '../../functions/protocol/json.ts';
import { columnsText, metricItems, metricList, metricsAnswer } from '../../functions/protocol/metric-json.ts';

const key = 'größe "\u{1f600}"';
const points = [
  { key, value: 0.1, timestamp: 1_700_000_000_000, step: -3 },
  { key, value: Number.NaN, timestamp: 0, step: 2n ** 62n },
  { key, value: -Number.MAX_VALUE, timestamp: 2n ** 63n - 1n, step: 0 },
  { key, value: Number.MIN_VALUE, timestamp: 1, step: 0 },
  { key, value: 1e21, timestamp: 999_999, step: Number.MAX_SAFE_INTEGER },
  { key, value: -5, timestamp: 1_000_000, step: 1 },
  { key, value: 5, timestamp: 1_000_001, step: -Number.MAX_SAFE_INTEGER },
  { key, value: 5, timestamp: Number.MAX_SAFE_INTEGER, step: 1 },
];

const textOf = (items: readonly Uint8Array[]): string => Buffer.concat(items).toString();

test('items are written as JSON.stringify writes them', () => {
  const expected = parseJson(stringifyJson(points.map(wireMetric)));
  expect(parseJson(`[${textOf(metricItems(key, columnsOf(points)))}]`)).toEqual(expected);
  expect(metricItems(key, columnsOf([]))).toEqual([]);
});

test('items of a bulk history name their run', () => {
  const [item] = [parseJson(textOf(metricItems('m', columnsOf(points.slice(0, 1)), 'r')))];
  expect(item).toEqual({ key: 'm', value: 0.1, timestamp: 1_700_000_000_000, step: -3, run_id: 'r' });
});

test('any numbers are written as JSON.stringify writes them, whatever came before them, over several chunks', () => {
  const integers = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer(),
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map(normalizeInt64),
  );
  const anyPoint = fc.record({ key: fc.constant('m'), value: fc.double(), timestamp: integers, step: integers });
  fc.assert(
    fc.property(fc.array(anyPoint, { maxLength: 20 }), fc.integer({ min: 1, max: 400 }), (some, times) => {
      const many = Array.from({ length: times }, () => some).flat();
      const text = textOf(metricItems('m', columnsOf(many)));
      expect(`[${text}]`).toBe(stringifyJson(many.map(wireMetric)));
    }),
  );
});

test('an answer joins lists, leaves out an empty one and a token that is not there', () => {
  const lists = ['1', '2,3'].map((text) => [Buffer.from(text)]);
  expect(stringifyJson(metricsAnswer([...lists, []], 'a"b'))).toBe('{"metrics":[1,2,3],"next_page_token":"a\\"b"}');
  expect(stringifyJson(metricsAnswer(lists))).toBe('{"metrics":[1,2,3]}');
  expect(stringifyJson(metricsAnswer([[]], 'a'))).toBe('{"next_page_token":"a"}');
  expect(stringifyJson(metricsAnswer([[]]))).toBe('{}');
  expect(stringifyJson(metricList([[], ...lists]))).toBe('{"metrics":[1,2,3]}');
  expect(stringifyJson(metricList([[]]))).toBe('{"metrics":[]}');
});

test('columns are lists of equal length', () => {
  expect(parseJson(columnsText(columnsOf(points.slice(0, 2))))).toEqual({
    steps: [-3, 2n ** 62n],
    timestamps: [1_700_000_000_000, 0],
    values: [0.1, 'NaN'],
  });
  expect(columnsText(columnsOf([]))).toBe('{"steps":[],"timestamps":[],"values":[]}');
});
