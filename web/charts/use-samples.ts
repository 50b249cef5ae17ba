import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type SampledSeries, type SampleQuestion, sampleMetrics } from '../api/metrics.ts';
import { queryKeys } from '../api/query-keys.ts';
import type { Range } from './maths/line.ts';
import type { ChartRun, RunSamples } from './maths/lines-of-runs.ts';
import { pointsOfRun, sampleBatches } from './maths/sample-batches.ts';
import type { XAxis } from './maths/x-axis.ts';

const LIVE_MS = 5_000;
const FRESH_MS = 60_000;
/** The fewest the server gives: first, least, greatest and last. */
const FEWEST_POINTS = 4;

interface Question extends SampleQuestion {
  readonly isLive: boolean;
}

interface SamplesProps {
  readonly runs: readonly ChartRun[];
  readonly metricKey: string;
  readonly axis: XAxis;
  readonly zoom: Range | undefined;
}

/** The samples of a metric for a chart; while others are awaited those of before stay. */
export function useSamples({ runs, metricKey, axis, zoom }: SamplesProps) {
  // Asked by their text: the same runs come as new objects with each refresh.
  const runsText = runs.map(({ runId, isLive }) => (isLive ? `${runId}*` : runId)).join();
  const axisKey = axis.kind === 'metric' ? axis.key : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const overview = useMemo(
    () =>
      axis.kind === 'relative' && zoom !== undefined
        ? questionsOf({ runs, metricKey, axis, zoom: undefined }, { points: FEWEST_POINTS })
        : NO_QUESTIONS,
    [runsText, metricKey, axis.kind, zoom === undefined],
  );
  const ends = useSeries(overview);
  const origins = useMemo(() => (overview.length === 0 ? undefined : originsOf(ends.series)), [overview, ends.series]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const questions = useMemo(
    () => questionsOf({ runs, metricKey, axis, zoom }, { origins }),
    [runsText, metricKey, axis.kind, axisKey, zoom?.from, zoom?.to, origins],
  );
  const found = useSeries(questions);
  const isWaiting = found.isPending || (overview.length > 0 && (ends.isPending || questions.length === 0));
  const samples = useMemo(
    () => ({ axis, samples: samplesOf(found.series, { metricKey, axisKey, origins }) }),
    [axis, found.series, metricKey, axisKey, origins],
  );
  const [kept, setKept] = useState<typeof samples>();
  useEffect(() => {
    if (!isWaiting) setKept(samples);
  }, [isWaiting, samples]);
  // Where nothing stands yet, the first that come are drawn at once.
  const awaited = kept ?? (found.series.length > 0 ? samples : undefined);
  return {
    shown: isWaiting ? awaited : samples,
    error: ends.error ?? found.error,
    retry: ends.error ? ends.retry : found.retry,
  };
}

const NO_QUESTIONS: readonly Question[] = [];

interface Extent {
  readonly points?: number;
  readonly origins?: ReadonlyMap<string, number> | undefined;
}

function questionsOf(
  { runs, metricKey, axis, zoom }: SamplesProps,
  { points = pointsOfRun(runs.length), origins }: Extent,
): readonly Question[] {
  const keys = axis.kind === 'metric' && axis.key !== metricKey ? [metricKey, axis.key] : [metricKey];
  return sampleBatches({ runs, axis, zoom, origins }).map((batch) => ({ ...batch, keys, maxPoints: points }));
}

function useSeries(questions: readonly Question[]) {
  return useQueries({
    queries: questions.map(({ isLive, ...question }) => ({
      queryKey: queryKeys.metricSample(question),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => sampleMetrics(question, signal),
      staleTime: isLive ? LIVE_MS : FRESH_MS,
      refetchInterval: isLive ? LIVE_MS : (false as const),
    })),
    combine: combineSeries,
  });
}

const combineSeries = (results: readonly UseQueryResult<readonly SampledSeries[]>[]) => ({
  series: results.flatMap(({ data }) => data ?? []),
  isPending: results.some(({ data }) => data === undefined),
  error: results.find(({ error }) => error !== null)?.error ?? undefined,
  retry: () => {
    for (const { error, refetch } of results) if (error !== null) void refetch();
  },
});

/** When the first point of each run was logged, in ms since the epoch. */
function originsOf(series: readonly SampledSeries[]): ReadonlyMap<string, number> {
  return new Map(
    series.flatMap(({ runId, timestamps: [first] }) => (first === undefined ? [] : [[runId, first] as const])),
  );
}

interface Kind {
  readonly metricKey: string;
  readonly axisKey: string | undefined;
  readonly origins: ReadonlyMap<string, number> | undefined;
}

function samplesOf(series: readonly SampledSeries[], { metricKey, axisKey, origins }: Kind): RunSamples {
  const ofKey = (wanted: string | undefined) =>
    new Map(series.filter(({ key }) => key === wanted).map((each) => [each.runId, each]));
  return { series: ofKey(metricKey), along: ofKey(axisKey), origins };
}
