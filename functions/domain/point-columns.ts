import type { Int64 } from './int64.ts';
import type { MetricPoint } from './metric.ts';

/** A column of integers; doubles where all of them are safe. */
export type Int64Column = Float64Array | readonly Int64[];

/** Points of one metric by columns, all of one length: a million of them as objects would take half a second to make. */
export interface PointColumns {
  readonly timestamps: Int64Column;
  readonly steps: Int64Column;
  readonly values: Float64Array;
}

/** Turns points into columns, in their order. */
export const columnsOf = (points: readonly MetricPoint[]): PointColumns => ({
  timestamps: integerColumn(points.map(({ timestamp }) => timestamp)),
  steps: integerColumn(points.map(({ step }) => step)),
  values: Float64Array.from(points, ({ value }) => value),
});

export const NO_POINTS: PointColumns = columnsOf([]);

/** The narrowest column of these integers. */
export function integerColumn(integers: readonly Int64[]): Int64Column {
  const safe = integers.filter((each) => typeof each === 'number');
  return safe.length === integers.length ? Float64Array.from(safe) : integers;
}

/** The point in a row, which must be there. */
export const pointOfRow = (key: string, { timestamps, steps, values }: PointColumns, row: number): MetricPoint => ({
  key,
  value: Number(values[row]),
  timestamp: integerAt(timestamps, row),
  step: integerAt(steps, row),
});

/** All points of the columns, one by one. */
export const pointsOf = (key: string, columns: PointColumns): readonly MetricPoint[] =>
  Array.from(columns.values, (_, row) => pointOfRow(key, columns, row));

/** The rows from `from` up to, but without, `to`. */
export const sliceColumns = ({ timestamps, steps, values }: PointColumns, from: number, to: number): PointColumns => ({
  timestamps: timestamps.slice(from, to),
  steps: steps.slice(from, to),
  values: values.slice(from, to),
});

/** The given rows, in the order given. */
export const pickRows = ({ timestamps, steps, values }: PointColumns, rows: readonly number[]): PointColumns => ({
  timestamps: integerColumn(rows.map((row) => integerAt(timestamps, row))),
  steps: integerColumn(rows.map((row) => integerAt(steps, row))),
  values: Float64Array.from(rows, (row) => Number(values[row])),
});

/** Puts columns one below the other. */
export const concatColumns = (parts: readonly PointColumns[]): PointColumns => ({
  timestamps: concatIntegers(parts.map(({ timestamps }) => timestamps)),
  steps: concatIntegers(parts.map(({ steps }) => steps)),
  values: concatDoubles(parts.map(({ values }) => values)),
});

/** The integer in a row; 0 beyond the end. */
export const integerAt = (column: Int64Column, row: number): Int64 => column[row] ?? 0;

function concatIntegers(columns: readonly Int64Column[]): Int64Column {
  const doubles = columns.filter((column) => column instanceof Float64Array);
  return doubles.length === columns.length ? concatDoubles(doubles) : columns.flatMap((column) => [...column]);
}

/** Puts columns of doubles one below the other. */
export function concatDoubles(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(columns.reduce((count, { length }) => count + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}
