import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { searchRuns } from '../../api/runs.ts';
import type { useRunsView } from './use-runs-view.ts';

interface Props {
  readonly experimentIds: readonly string[];
  readonly view: ReturnType<typeof useRunsView>;
  readonly onNews: () => void;
}

/** Whether the first run is still awaited: there is none, not even in the trash. An empty table shows new runs by itself. */
export function useFirstRun({ experimentIds, view, onNews }: Props): boolean {
  const { query, runs, newRuns } = view;
  const isEmpty = query.data !== undefined && !query.isFetching && runs.length === 0;
  const { data } = useQuery({
    queryKey: queryKeys.anyRun(experimentIds),
    queryFn: ({ signal }) => searchRuns({ experimentIds, filter: '', orderBy: [], view: 'ALL' }, { size: 1 }, signal),
    enabled: isEmpty,
  });
  const hasNews = isEmpty && newRuns.count > 0;
  useEffect(() => {
    if (hasNews) onNews();
  }, [hasNews, onNews]);
  return isEmpty && data?.runs.length === 0;
}
