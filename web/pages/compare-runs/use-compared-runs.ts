import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { getRun, type Run, searchRuns } from '../../api/runs.ts';
import { type ComparedRuns, comparedFrom, findRuns, readCompared, withFresh } from './read-compared.ts';

const LIVE_MS = 5_000;
const LIVE_STATES = new Set<string>(['RUNNING', 'SCHEDULED']);
const SOURCE = { getRun, searchRuns };

/** The runs of some ids; those that go on are read again every few seconds. Two ids or more. */
export function useComparedRuns(runIds: readonly string[]) {
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
  const { data: fresh } = useQuery({
    queryKey: queryKeys.liveRuns(liveIds),
    queryFn: ({ signal }) => findRuns(experimentsOf(live), liveIds, SOURCE, signal),
    enabled: liveIds.length > 0,
    refetchInterval: LIVE_MS,
  });
  useEffect(() => {
    if (fresh === undefined) return;
    client.setQueryData<ComparedRuns>(queryKey, (kept) => kept && withFresh(kept, fresh));
  }, [client, queryKey, fresh]);
  return query;
}

const experimentsOf = (runs: readonly Run[]): readonly string[] => [
  ...new Set(runs.map(({ experimentId }) => experimentId)),
];
