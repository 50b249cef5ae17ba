import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { type Run, type RunPage, type RunSearch, searchRuns } from '../../api/runs.ts';
import { isNewestFirst, newestOf, startedAfter } from './run-search.ts';

const NEWEST_MS = 10_000;
const MOST_COUNTED = 20;
const NO_NEWS: RunPage = { runs: [], nextPageToken: undefined, sizeBytes: 0 };

/** Runs that began since a table was read. */
export interface NewRunCount {
  readonly count: number;
  /** Whether there are more than were counted. */
  readonly hasMore: boolean;
}

interface NewRuns {
  readonly newRuns: NewRunCount;
  readonly error: Error | null;
}

/** How many runs of the search began after all that there were when the table was read, whatever its order. */
export function useNewRuns(search: RunSearch, runs: readonly Run[], isRead: boolean): NewRuns {
  const isFirstNewest = isNewestFirst(search);
  const before = useQuery({
    queryKey: [...queryKeys.newestRuns(search), 'before'],
    queryFn: ({ signal }) => searchRuns(newestOf(search), { size: 1 }, signal),
    enabled: isRead && !isFirstNewest,
    // As old as the table.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const isKnown = isFirstNewest || before.data !== undefined;
  const sinceMs = isFirstNewest ? runs[0]?.startTime : before.data?.runs[0]?.startTime;
  const { data, error } = useQuery({
    queryKey: [...queryKeys.newestRuns(search), sinceMs],
    queryFn: ({ signal }) => searchRuns(startedAfter(search, sinceMs), { size: MOST_COUNTED }, signal),
    enabled: isRead && isKnown,
    refetchInterval: NEWEST_MS,
    // The table has just been read.
    initialData: NO_NEWS,
    staleTime: NEWEST_MS,
  });
  const newRuns = useMemo(() => {
    const known = new Set(runs.map(({ runId }) => runId));
    const count = data.runs.filter(({ runId }) => !known.has(runId)).length;
    return { count, hasMore: data.nextPageToken !== undefined };
  }, [data, runs]);
  return { newRuns, error: before.error ?? error };
}
