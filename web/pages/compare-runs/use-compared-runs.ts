import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { getRun, type Run, searchRuns } from '../../api/runs.ts';
import { type ComparedRuns, comparedFrom, findRuns, readCompared, withFresh } from './read-compared.ts';

const LIVE_MS = 5_000;
const LIVE_STATES = new Set<string>(['RUNNING', 'SCHEDULED']);
const SOURCE = { getRun, searchRuns };

interface Compared {
  /** undefined until they were read once. */
  readonly data: ComparedRuns | undefined;
  /** Why they could not be read, or not anew; null when they could. */
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** The runs of some ids; those that go on are read again every few seconds. */
export function useComparedRuns(runIds: readonly string[]): Compared {
  const client = useQueryClient();
  const queryKey = useMemo(() => queryKeys.comparedRuns(runIds), [runIds]);
  // The same function for the same runs, else each drawing makes other data and is followed by another.
  const fromPrevious = useCallback((kept: ComparedRuns | undefined) => comparedFrom(kept, runIds), [runIds]);
  const query = useQuery<ComparedRuns>({
    queryKey,
    queryFn: ({ signal }) => {
      const kept = client.getQueryData<ComparedRuns>(queryKey);
      return readCompared({ runIds, experimentIds: experimentsOf(kept?.runs ?? []), source: SOURCE, signal });
    },
    // One run less is to be seen at once.
    placeholderData: fromPrevious,
  });
  const { data } = query;
  const live = useMemo(() => data?.runs.filter(({ status }) => LIVE_STATES.has(status)) ?? [], [data]);
  const liveIds = useMemo(() => live.map(({ runId }) => runId), [live]);
  const liveQuery = useQuery({
    queryKey: queryKeys.liveRuns(liveIds),
    queryFn: ({ signal }) => findRuns(experimentsOf(live), liveIds, SOURCE, signal),
    enabled: liveIds.length > 0,
    refetchInterval: LIVE_MS,
  });
  const { data: fresh } = liveQuery;
  useEffect(() => {
    if (fresh === undefined) return;
    client.setQueryData<ComparedRuns>(queryKey, (kept) => kept && withFresh(kept, fresh));
  }, [client, queryKey, fresh]);
  return {
    data,
    error: query.error ?? liveQuery.error,
    refetch: () => {
      void query.refetch();
      if (liveIds.length > 0) void liveQuery.refetch();
    },
  };
}

const experimentsOf = (runs: readonly Run[]): readonly string[] => [
  ...new Set(runs.map(({ experimentId }) => experimentId)),
];
