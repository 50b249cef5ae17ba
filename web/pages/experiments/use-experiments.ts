import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ExperimentSearch, searchExperiments } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';

const PAGE_SIZE = 200;
const REFRESH_MS = 30_000;

/** The experiments that a search finds, page by page as they are scrolled to. */
export function useExperiments(search: ExperimentSearch) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.experimentSearch(search),
    queryFn: ({ pageParam, signal }) => searchExperiments(search, { size: PAGE_SIZE, token: pageParam }, signal),
    initialPageParam: startOfList,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: REFRESH_MS,
    placeholderData: (previous) => previous,
  });
  const experiments = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  return { ...query, experiments };
}

const startOfList: string | undefined = undefined;
