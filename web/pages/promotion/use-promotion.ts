import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { findPolicies } from '../../api/promotion-policies.ts';
import type { PromotionTarget } from '../../api/promotion-target.ts';
import { checkPromotion, type RequestSearch, searchPromotions, searchRequests } from '../../api/promotions.ts';
import { queryKeys } from '../../api/query-keys.ts';

const REFRESH_MS = 10_000;
/** While a request is open others may say something of it at any time. */
const WAITING_MS = 5_000;
const PAGE_SIZE = 100;

const startOfList: string | undefined = undefined;

/** What the gate before a target says of a version; undefined targets are not asked about. */
export const useGate = (name: string, version: string, target: PromotionTarget | undefined) =>
  useQuery({
    queryKey: queryKeys.gate(name, version, target ?? { kind: 'alias', alias: '' }),
    queryFn: ({ signal }) => {
      if (target === undefined) throw new Error('a gate was asked about that is none');
      return checkPromotion({ name, version }, target, signal);
    },
    enabled: target !== undefined,
    refetchInterval: ({ state }) => (state.data?.request ? WAITING_MS : REFRESH_MS),
  });

/** The requests that a search finds, the newest first, page by page. */
export function useRequests(search: RequestSearch) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.promotionRequests(search),
    queryFn: ({ pageParam, signal }) => searchRequests(search, { size: PAGE_SIZE, token: pageParam }, signal),
    initialPageParam: startOfList,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: REFRESH_MS,
  });
  const requests = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  return { ...query, requests };
}

/** What changed at the targets of a model, the newest first, page by page. */
export function useHistory(name: string) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.promotionHistory(name),
    queryFn: ({ pageParam, signal }) => searchPromotions(name, { size: PAGE_SIZE, token: pageParam }, signal),
    initialPageParam: startOfList,
    getNextPageParam: (page) => page.nextPageToken,
    refetchInterval: REFRESH_MS,
  });
  const promotions = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  return { ...query, promotions };
}

/** The policy of all models, and the own one of a model where one is named. */
export const usePolicies = (name: string | undefined) =>
  useQuery({
    queryKey: queryKeys.promotionPolicies(name),
    queryFn: ({ signal }) => findPolicies(name, signal),
  });
