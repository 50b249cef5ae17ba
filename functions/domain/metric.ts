import { invalidParameter } from './errors.ts';
import { compareInt64, type Int64 } from './int64.ts';
import { MAX_KEY_LENGTH } from './limits.ts';
import { invalidValue } from './messages.ts';
import { fieldPath, validateLength, validateMetricName } from './names.ts';
import { pythonFloat } from './python-json.ts';

/** One value of a metric; timestamp in ms since the epoch. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  readonly timestamp: Int64;
  readonly step: Int64;
}

/** Throws INVALID_PARAMETER_VALUE for a point that MLflow refuses; `path` is its place, '' or `metrics[0]` (MLflow: _validate_metric). */
export function validateMetric(point: MetricPoint, path = ''): void {
  const { key, value, timestamp } = point;
  validateMetricName(key, fieldPath(path, 'name'));
  if (timestamp < 0) {
    // The blank at the end is MLflow's.
    const detail = `metric '${key}' (value=${pythonFloat(value)}). Timestamp must be a nonnegative long (64-bit integer) `;
    throw invalidParameter(invalidValue(fieldPath(path, 'timestamp'), timestamp, detail));
  }
  validateLength('Metric name', key, MAX_KEY_LENGTH);
}

/**
 * The value as it is stored: infinities become the largest doubles, NaN stays (MLflow: sanitize_metric_value),
 * and -0 becomes 0 (as in MLflow's SQLite, which keeps whole doubles as integers).
 */
export function storedValue(value: number): number {
  if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  if (value === Number.NEGATIVE_INFINITY) return -Number.MAX_VALUE;
  return value === 0 ? 0 : value;
}

/** A text that is equal for two points exactly when MLflow holds them for one (MLflow: the primary key of SqlMetric). */
export const dedupeKeyOf = ({ key, value, timestamp, step }: MetricPoint): string =>
  `${step} ${timestamp} ${storedValue(value)} ${key}`;

// MLflow's tables hold 0 and a flag in place of NaN.
const orderedValue = (value: number): number => (Number.isNaN(value) ? 0 : storedValue(value));

const compareValues = (a: MetricPoint, b: MetricPoint): number => orderedValue(a.value) - orderedValue(b.value);

const compareFlags = (a: MetricPoint, b: MetricPoint): number =>
  Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));

/**
 * Whether a point replaces the latest one of its metric: it does when (step, timestamp, value) is greater, NaN
 * counting as 0 (MLflow: SqlAlchemyStore._update_latest_metrics_if_necessary).
 */
export const isNewer = (candidate: MetricPoint, current: MetricPoint): boolean =>
  (compareInt64(candidate.step, current.step) ||
    compareInt64(candidate.timestamp, current.timestamp) ||
    compareValues(candidate, current)) > 0;

/**
 * Orders the points of a metric by (timestamp, step, value), NaN as 0 but after it: a total order
 * (MLflow: SqlAlchemyStore.get_metric_history, which leaves 0 and NaN in any order).
 */
export const compareByTime = (a: MetricPoint, b: MetricPoint): number =>
  compareInt64(a.timestamp, b.timestamp) || compareInt64(a.step, b.step) || compareValues(a, b) || compareFlags(a, b);

/**
 * Orders the points of a metric by (step, timestamp, value), NaN as 0 but after it: a total order
 * (MLflow: SqlAlchemyStore._sample_metric_history_single_run).
 */
export const compareByStep = (a: MetricPoint, b: MetricPoint): number =>
  compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp) || compareValues(a, b) || compareFlags(a, b);

/**
 * At most `maxResults` (at least one) of one metric's distinct points, in step order: the first of each of
 * `maxResults` buckets of SQL's NTILE, the very last point in place of the last of them
 * (MLflow: SqlAlchemyStore._sample_rows_with_window_functions).
 */
export function sampleEvenly<Point extends MetricPoint>(points: readonly Point[], maxResults: number): Point[] {
  const ordered = points.toSorted(compareByStep);
  const buckets = Math.max(1, maxResults);
  if (ordered.length <= buckets) return ordered;
  // NTILE: all buckets hold `size` points, and the first `larger` of them one more.
  const size = Math.floor(ordered.length / buckets);
  const larger = ordered.length % buckets;
  const firsts = new Set(Array.from({ length: buckets - 1 }, (_, bucket) => bucket * size + Math.min(bucket, larger)));
  return ordered.filter((_, at) => firsts.has(at) || at === ordered.length - 1);
}
