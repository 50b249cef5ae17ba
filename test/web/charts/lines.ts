import type { SampledSeries } from '../../../web/api/metrics.ts';
import type { Line } from '../../../web/charts/maths/line.ts';

export const column = (...numbers: readonly number[]) => Float64Array.from(numbers);

/** A line with what a test is about. */
export const line = (xs: readonly number[], ys: readonly number[], rest: Partial<Line> = {}): Line => ({
  id: 'a',
  label: 'a',
  xs: column(...xs),
  ys: column(...ys),
  rawYs: undefined,
  band: undefined,
  extremes: undefined,
  loggedCount: xs.length,
  shownCount: xs.length,
  ...rest,
});

/** A series whose points were logged a second apart from `start` on. */
export const series = (
  runId: string,
  steps: readonly number[],
  values: readonly number[],
  start = 0,
): SampledSeries => ({
  runId,
  key: 'loss',
  count: steps.length,
  steps: column(...steps),
  timestamps: column(...steps.map((_, row) => start + row * 1000)),
  values: column(...values),
});
