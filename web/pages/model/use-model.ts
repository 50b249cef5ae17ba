import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { getModelVersion, getRegisteredModel, searchModelVersions } from '../../api/registered-models.ts';
import { quoteText } from '../../ui/format/search-text.ts';

const REFRESH_MS = 15_000;
const PAGE_SIZE = 200;

/** A registered model. */
export const useModel = (name: string) =>
  useQuery({
    queryKey: queryKeys.registeredModel(name),
    queryFn: ({ signal }) => getRegisteredModel(name, signal),
    refetchInterval: REFRESH_MS,
  });

/** The versions of a model, the newest first, page by page as they are scrolled to. */
export function useVersions(name: string) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.modelVersions(name),
    queryFn: ({ pageParam, signal }) =>
      searchModelVersions(`name = ${quoteText(name)}`, { size: PAGE_SIZE, token: pageParam }, signal),
    initialPageParam: startOfList,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: REFRESH_MS,
  });
  const versions = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  return { ...query, versions };
}

const startOfList: string | undefined = undefined;

/** One version of a model. */
export const useVersion = (name: string, version: string) =>
  useQuery({
    queryKey: queryKeys.modelVersion(name, version),
    queryFn: ({ signal }) => getModelVersion(name, version, signal),
    refetchInterval: REFRESH_MS,
  });
