import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryKeys } from '../../../api/query-keys.ts';
import type { Run } from '../../../api/runs.ts';
import { parseColumnId } from '../column-id.ts';
import { sortOf } from '../run-search.ts';
import { readStatistics } from './read-statistics.ts';
import { metricsOfStatistics, type StatisticOf, type Statistics, sortByStatistic, statisticsIn } from './statistics.ts';

const RUNS_AT_ONCE = 50;
const LIVE_MS = 10_000;
const FRESH_MS = 60_000;

interface WithStatistics {
  /** The runs, sorted by a statistic where the table is. */
  readonly runs: readonly Run[];
  readonly statisticOf: StatisticOf;
  /** Whether the order is that of the runs that are loaded alone. */
  readonly isSortedHere: boolean;
}

/** Reads the statistics that stand among the columns, a few runs at a time, and sorts by them what is loaded. */
export function useStatistics(runs: readonly Run[], columns: readonly string[], sort: string): WithStatistics {
  const { columnId, isDescending } = sortOf(sort);
  const sortId = parseColumnId(columnId);
  const keysText = metricsOfStatistics([...columns, columnId]).join('\n');
  const keys = useMemo(() => (keysText === '' ? [] : keysText.split('\n')), [keysText]);
  const batches = useMemo(() => (keys.length === 0 ? [] : batchesOf(runs)), [runs, keys]);
  const statistics = useQueries({
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
  const isSortedHere = sortId?.kind === 'statistic';
  const sorted = useMemo(() => {
    const id = parseColumnId(columnId);
    return id?.kind === 'statistic' ? sortByStatistic(runs, { id, isDescending }, statisticOf) : runs;
  }, [runs, columnId, isDescending, statisticOf]);
  return { runs: sorted, statisticOf, isSortedHere };
}

const batchesOf = (runs: readonly Run[]): readonly (readonly Run[])[] =>
  Array.from({ length: Math.ceil(runs.length / RUNS_AT_ONCE) }, (_, at) =>
    runs.slice(at * RUNS_AT_ONCE, (at + 1) * RUNS_AT_ONCE),
  );

const combineStatistics = (results: readonly UseQueryResult<Statistics>[]): Statistics =>
  new Map(results.flatMap(({ data }) => [...(data ?? [])]));
