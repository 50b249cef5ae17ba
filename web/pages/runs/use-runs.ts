import { type InfiniteData, useInfiniteQuery, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import { countRuns } from '../../api/run-survey.ts';
import { type Run, type RunPage, type RunSearch, searchRuns } from '../../api/runs.ts';
import { quoteText } from '../../ui/format/search-text.ts';
import { firstError } from './not-up-to-date.tsx';
import { nextPageSize } from './page-size.ts';
import { parentIdOf } from './run-tree.ts';

const LIVE_MS = 5_000;
/** Runs of one question; those that go on beyond that many are refreshed in turns of who began last. */
const MOST_LIVE = 100;
const MOST_CHILDREN = 500;
const LIVE_STATES = new Set<string>(['RUNNING', 'SCHEDULED']);

interface Page extends RunPage {
  /** Parents of runs of the page that the page itself does not hold. */
  readonly parents: readonly Run[];
}

interface PageParam {
  readonly token: string | undefined;
  readonly size: number;
}

const FIRST_PAGE: PageParam = { token: undefined, size: nextPageSize(undefined) };

/** The runs that a search finds, page by page as they are scrolled to, with the parents of those that are nested. */
export function useRuns(search: RunSearch) {
  const query = useInfiniteQuery({
    queryKey: queryKeys.runSearch(search),
    queryFn: ({ pageParam, signal }) => readPage(search, pageParam, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page): PageParam | undefined =>
      page.nextPageToken === undefined ? undefined : { token: page.nextPageToken, size: nextPageSize(page) },
    placeholderData: (previous) => previous,
    // The live questions below keep it fresh; all pages at once would be more than a page.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { pages } = query.data ?? NO_PAGES;
  const runs = useMemo(() => pages.flatMap((page) => page.runs), [pages]);
  const parents = useMemo(() => new Map(pages.flatMap((page) => page.parents).map((run) => [run.runId, run])), [pages]);
  return { ...query, runs, parents };
}

const NO_PAGES: { readonly pages: readonly Page[] } = { pages: [] };

async function readPage(search: RunSearch, { token, size }: PageParam, signal: AbortSignal): Promise<Page> {
  const page = await searchRuns(search, { size, token }, signal);
  const found = new Set(page.runs.map(({ runId }) => runId));
  const missing = [...new Set(page.runs.map(parentIdOf))]
    .filter((id) => id !== undefined)
    .filter((id) => !found.has(id));
  return { ...page, parents: await readByIds(search.experimentIds, missing, signal) };
}

async function readByIds(
  experimentIds: readonly string[],
  runIds: readonly string[],
  signal: AbortSignal,
): Promise<readonly Run[]> {
  if (runIds.length === 0) return [];
  const filter = `attributes.run_id IN (${runIds.map(quoteText).join(', ')})`;
  return (await searchRuns({ experimentIds, filter, orderBy: [], view: 'ALL' }, { size: runIds.length }, signal)).runs;
}

interface LiveRuns {
  readonly liveCount: number;
  /** Why they are not as fresh as they should be. */
  readonly error: Error | null;
}

/** Keeps the runs that go on as fresh as a few seconds, in the pages where they stand; a hidden tab asks for nothing. */
export function useLiveRuns(search: RunSearch, runs: readonly Run[]): LiveRuns {
  const client = useQueryClient();
  const live = useMemo(() => runs.filter(({ status }) => LIVE_STATES.has(status)), [runs]);
  const runIds = useMemo(
    () =>
      live
        .toSorted((a, b) => b.startTime - a.startTime)
        .slice(0, MOST_LIVE)
        .map(({ runId }) => runId)
        .sort(),
    [live],
  );
  const { data, error } = useQuery({
    queryKey: queryKeys.liveRuns(runIds),
    queryFn: ({ signal }) => readByIds(search.experimentIds, runIds, signal),
    enabled: runIds.length > 0,
    refetchInterval: LIVE_MS,
  });
  useEffect(() => {
    if (data === undefined) return;
    client.setQueryData<InfiniteData<Page, PageParam>>(
      queryKeys.runSearch(search),
      (kept) => kept && withFresh(kept, data),
    );
  }, [client, data, search]);
  return { liveCount: live.length, error };
}

function withFresh(kept: InfiniteData<Page, PageParam>, fresh: readonly Run[]): InfiniteData<Page, PageParam> {
  const byId = new Map(fresh.map((run) => [run.runId, run]));
  const renew = (runs: readonly Run[]) =>
    runs.some(({ runId }) => byId.has(runId)) ? runs.map((run) => byId.get(run.runId) ?? run) : runs;
  return {
    ...kept,
    pages: kept.pages.map((page) => ({ ...page, runs: renew(page.runs), parents: renew(page.parents) })),
  };
}

interface Families {
  /** By the ids of their parents. */
  readonly children: ReadonlyMap<string, Family>;
  readonly error: Error | null;
}

/** The children of the runs that are unfolded, whatever the filter. */
export function useChildren(search: RunSearch, parentIds: readonly string[]): Families {
  const { experimentIds, orderBy, view } = search;
  return useQueries({
    queries: parentIds.map((parentId) => ({
      queryKey: [...queryKeys.childRuns(parentId), experimentIds, orderBy, view],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const filter = `tags.\`mlflow.parentRunId\` = ${quoteText(parentId)}`;
        const family = { experimentIds, filter, orderBy, view };
        const { runs, nextPageToken } = await searchRuns(family, { size: MOST_CHILDREN }, signal);
        return { parentId, runs, total: nextPageToken === undefined ? runs.length : await countRuns(family, signal) };
      },
    })),
    combine: familiesOf,
  });
}

interface Family {
  readonly parentId: string;
  readonly runs: readonly Run[];
  /** How many there are, in all. */
  readonly total: number;
}

interface FamilyResult {
  readonly data: Family | undefined;
  readonly error: Error | null;
}

const familiesOf = (results: readonly FamilyResult[]): Families => ({
  children: new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.parentId, data]]))),
  error: firstError(results),
});
