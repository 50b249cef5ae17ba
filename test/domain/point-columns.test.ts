import { expect, test } from 'vitest';
import type { MetricPoint } from '../../functions/domain/metric.ts';
import {
  columnsOf,
  concatColumns,
  integerAt,
  pickRows,
  pointOfRow,
  pointsOf,
  sliceColumns,
} from '../../functions/domain/point-columns.ts';

const point = (step: MetricPoint['step'], timestamp: MetricPoint['timestamp'], value = 1): MetricPoint => ({
  key: 'm',
  step,
  timestamp,
  value,
});
const BEYOND = 2n ** 53n + 1n;
const narrow = [point(1, 10), point(2, 20, Number.NaN), point(3, 30, -1)];
const wide = [point(BEYOND, 10), point(-4, BEYOND, 2)];

test.each([
  ['safe integers', narrow],
  ['integers beyond doubles', wide],
  ['nothing', []],
])('columns of %s give the points back', (_, points) => {
  expect(pointsOf('m', columnsOf(points))).toEqual(points);
});

test('safe integers lie in doubles, others stay exact', () => {
  expect(columnsOf(narrow).steps).toBeInstanceOf(Float64Array);
  expect(columnsOf(wide).steps).toEqual([BEYOND, -4]);
});

test('rows are cut out and picked in any order', () => {
  const all = columnsOf([...narrow, ...wide]);
  expect(pointsOf('m', sliceColumns(all, 1, 4))).toEqual([narrow[1], narrow[2], wide[0]]);
  expect(pointsOf('m', pickRows(all, [4, 0]))).toEqual([wide[1], narrow[0]]);
  expect(pickRows(all, [0, 1]).steps).toBeInstanceOf(Float64Array);
  expect(pointOfRow('m', all, 3)).toEqual(wide[0]);
});

test('columns are put together, narrow ones with narrow and with wide ones', () => {
  expect(pointsOf('m', concatColumns([columnsOf(narrow), columnsOf(narrow)]))).toEqual([...narrow, ...narrow]);
  expect(pointsOf('m', concatColumns([columnsOf(narrow), columnsOf(wide)]))).toEqual([...narrow, ...wide]);
  expect(pointsOf('m', concatColumns([]))).toEqual([]);
});

test('beyond the end stands 0', () => {
  expect(integerAt(new Float64Array(1), 1)).toBe(0);
});
