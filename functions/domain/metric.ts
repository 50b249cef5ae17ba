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

/** The newest of some points, the first of those that tie. */
export const newestOf = ([first, ...others]: readonly MetricPoint[]): MetricPoint | undefined =>
  first && others.reduce((newest, point) => (isNewer(point, newest) ? point : newest), first);

/** The points of one metric in the order of its history, each once: MLflow holds those that tie for one point. */
export const inHistoryOrder = (points: readonly MetricPoint[]): readonly MetricPoint[] =>
  points.toSorted(compareByTime).filter((point, at, sorted) => {
    const before = sorted[at - 1];
    return before === undefined || compareByTime(before, point) !== 0;
  });
