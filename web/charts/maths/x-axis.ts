import type { SampledSeries } from '../../api/metrics.ts';
import { interpolate } from './interpolate.ts';

/** What runs along a chart. */
export type XAxis =
  | { readonly kind: 'step' }
  /** Since the first point of the run, in ms. */
  | { readonly kind: 'relative' }
  /** In ms since the epoch. */
  | { readonly kind: 'wall' }
  /** Another metric, at the same step. */
  | { readonly kind: 'metric'; readonly key: string };

const METRIC = 'metrics.';
const STEP: XAxis = { kind: 'step' };

/** Reads `step`, `relative`, `wall` or `metrics.epoch`; undefined for anything else. */
export function parseXAxis(text: string): XAxis | undefined {
  if (text === 'step') return STEP;
  if (text === 'relative' || text === 'wall') return { kind: text };
  return text.startsWith(METRIC) && text.length > METRIC.length
    ? { kind: 'metric', key: text.slice(METRIC.length) }
    : undefined;
}

export const formatXAxis = (axis: XAxis): string => (axis.kind === 'metric' ? METRIC + axis.key : axis.kind);

/** What an axis is called, in a sentence. */
export function nameOfXAxis(axis: XAxis): string {
  switch (axis.kind) {
    case 'step':
      return 'step';
    case 'relative':
      return 'relative time';
    case 'wall':
      return 'wall time';
    case 'metric':
      return axis.key;
    default: {
      const never: never = axis;
      return never;
    }
  }
}

interface XSources {
  /** When the first point of the run was logged, in ms since the epoch; the first of the sample when it is not known. */
  readonly origin: number | undefined;
  /** The metric that runs along, of the same run. */
  readonly along: SampledSeries | undefined;
}

/** Where the points of a series stand along an axis. */
export function xsOf(series: SampledSeries, axis: XAxis, { origin, along }: XSources): Float64Array {
  switch (axis.kind) {
    case 'step':
      return series.steps;
    case 'wall':
      return series.timestamps;
    case 'relative': {
      const start = origin ?? series.timestamps[0] ?? 0;
      return series.timestamps.map((time) => time - start);
    }
    case 'metric':
      return along === undefined
        ? new Float64Array(series.steps.length).fill(Number.NaN)
        : series.steps.map((step) => interpolate(along.steps, along.values, step));
    default: {
      const never: never = axis;
      return never;
    }
  }
}
