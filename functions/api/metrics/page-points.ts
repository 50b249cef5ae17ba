import type { Int64 } from '../../domain/int64.ts';
import { normalizeInt64 } from '../../domain/int64.ts';
import type { MetricPoint } from '../../domain/metric.ts';

/** Where a page of history ended, as a page token carries it. */
export type PointPosition = readonly [timestamp: string, step: string, value: string];

export const positionOf = ({ timestamp, step, value }: MetricPoint): PointPosition => [
  String(timestamp),
  String(step),
  String(value),
];

const toInt64 = (digits: string): Int64 => normalizeInt64(BigInt(digits));

export const pointAt = (key: string, [timestamp, step, value]: PointPosition): MetricPoint => ({
  key,
  timestamp: toInt64(timestamp),
  step: toInt64(step),
  value: Number(value),
});
