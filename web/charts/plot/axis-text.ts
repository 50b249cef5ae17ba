import { formatNumber } from '../../ui/format/number.ts';
import { formatDuration, formatExact } from '../../ui/format/time.ts';
import type { XAxis } from '../maths/x-axis.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Steps between the marks of a stretch of time, in ms: those that people count in. */
export const DURATION_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((count) => count * DAY_MS),
];

/** An x in words. */
export function textOfX(axis: XAxis, x: number): string {
  switch (axis.kind) {
    case 'step':
      return `step ${Math.round(x).toLocaleString('en-US')}`;
    case 'relative':
      return formatDuration(x);
    case 'wall':
      return formatExact(x);
    case 'metric':
      return `${axis.key} ${formatNumber(x)}`;
    default: {
      const never: never = axis;
      return never;
    }
  }
}
