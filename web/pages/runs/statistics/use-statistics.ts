import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryKeys } from '../../../api/query-keys.ts';
import type { Run } from '../../../api/runs.ts';
import { firstError } from '../not-up-to-date.tsx';
import { readStatistics } from './read-statistics.ts';
import { metricsOfStatistics, type StatisticOf, type Statistics, statisticsIn } from './statistics.ts';

const RUNS_AT_ONCE = 50;
const LIVE_MS = 10_000;
const FRESH_MS = 60_000;

interface WithStatistics {
  readonly statisticOf: StatisticOf;
  /** The runs of which nothing could be read. */
  readonly failedIds: ReadonlySet<string>;
  readonly error: Error | null;
}

/** Reads the statistics that stand among some columns, a few runs at a time. */
export function useStatistics(runs: readonly Run[], columns: readonly string[]): WithStatistics {
  const keysText = metricsOfStatistics(columns).join('\n');
  const keys = useMemo(() => (keysText === '' ? [] : keysText.split('\n')), [keysText]);
  const batches = useMemo(() => (keys.length === 0 ? [] : batchesOf(runs)), [runs, keys]);
  const { statistics, failures, error } = useQueries({
    queries: batches.map((some) => ({
      queryKey: queryKeys.statistics(
        some.map(({ runId }) => runId),
        keys,
      ),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => readStatistics(some, keys, signal),
      staleTime: FRESH_MS,
      refetchInterval: some.some(({ status }) => status === 'RUNNING') ? LIVE_MS : (false as const),
    })),
    combine: combineStatistics,
  });
  const statisticOf = useMemo(() => statisticsIn(statistics), [statistics]);
  const failedIds = useMemo(
    () => new Set(batches.flatMap((some, at) => (failures[at] ? some.map(({ runId }) => runId) : []))),
    [batches, failures],
  );
  return { statisticOf, failedIds, error };
}

const batchesOf = (runs: readonly Run[]): readonly (readonly Run[])[] =>
  Array.from({ length: Math.ceil(runs.length / RUNS_AT_ONCE) }, (_, at) =>
    runs.slice(at * RUNS_AT_ONCE, (at + 1) * RUNS_AT_ONCE),
  );

const combineStatistics = (results: readonly UseQueryResult<Statistics>[]) => ({
  statistics: new Map(results.flatMap(({ data }) => [...(data ?? [])])) satisfies Statistics,
  failures: results.map(({ data, error }) => error !== null && data === undefined),
  error: firstError(results),
});
