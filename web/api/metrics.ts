import { postTracklet } from './request.ts';
import { readDouble } from './wire.ts';

/** The points of a metric of a run, or a sample of them that keeps the least and the greatest; times in ms since the epoch. */
export interface SampledSeries {
  readonly runId: string;
  readonly key: string;
  /** How many points there are in the range that was asked for. */
  readonly count: number;
  readonly steps: Float64Array;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** What is asked for: of each run each metric, `from` and `to` in steps or in ms since the epoch, as `x` says. */
export interface SampleQuestion {
  readonly runIds: readonly string[];
  readonly keys: readonly string[];
  readonly maxPoints: number;
  readonly x: 'STEP' | 'TIME';
  readonly from: number | undefined;
  readonly to: number | undefined;
}

interface WireSeries {
  readonly run_id: string;
  readonly metric_key: string;
  readonly count: number;
  readonly points: {
    readonly steps: readonly number[];
    readonly timestamps: readonly number[];
    readonly values: readonly (number | string)[];
  };
}

/** The histories of some metrics of some runs for a chart. */
export async function sampleMetrics(
  { runIds, keys, maxPoints, x, from, to }: SampleQuestion,
  signal?: AbortSignal,
): Promise<readonly SampledSeries[]> {
  const { series } = await postTracklet<{ series: readonly WireSeries[] }>(
    'metrics/sample',
    { run_ids: runIds, metric_keys: keys, max_points: maxPoints, x, x_min: from, x_max: to },
    { signal },
  );
  return series.map(({ run_id, metric_key, count, points: { steps, timestamps, values } }) => ({
    runId: run_id,
    key: metric_key,
    count,
    steps: Float64Array.from(steps),
    timestamps: Float64Array.from(timestamps),
    values: Float64Array.from(values, readDouble),
  }));
}
