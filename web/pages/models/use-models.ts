import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { type RegisteredModelSearch, searchRegisteredModels } from '../../api/registered-models.ts';

const PAGE_SIZE = 100;
const REFRESH_MS = 30_000;

/** The registered models that a search finds, page by page as they are scrolled to. */
export function useModels(search: RegisteredModelSearch) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.registeredModelSearch(search),
    queryFn: ({ pageParam, signal }) => searchRegisteredModels(search, { size: PAGE_SIZE, token: pageParam }, signal),
    initialPageParam: startOfList,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: REFRESH_MS,
    placeholderData: (previous) => previous,
  });
  const models = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  return { ...query, models };
}

const startOfList: string | undefined = undefined;
