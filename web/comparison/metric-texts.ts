import type { LatestMetric } from '../api/runs.ts';

/** The last values of metrics with all their digits: rounded, two that differ would look the same. */
export const metricTexts = (metrics: ReadonlyMap<string, LatestMetric>): ReadonlyMap<string, string> =>
  new Map([...metrics].map(([key, { value }]) => [key, String(value)]));
