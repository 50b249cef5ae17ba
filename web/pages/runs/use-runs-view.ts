import { useEffect, useMemo, useState } from 'react';
import type { RunSearch } from '../../api/runs.ts';
import { automaticColumns } from './automatic-columns.ts';
import { isSortedHere, parseColumnId } from './column-id.ts';
import { expandColumns } from './column-list.ts';
import { differingColumns } from './differing-columns.ts';
import { keepColumns } from './kept-columns.ts';
import { KeyCollector } from './key-catalogue.ts';
import { firstError } from './not-up-to-date.tsx';
import { runSearchOf, sortOf } from './run-search.ts';
import { flatRuns, groupRuns, nestRuns } from './run-tree.ts';
import type { RunsState } from './runs-state.ts';
import { sortHere, valueToSortBy } from './sort-here.ts';
import { useStatistics } from './statistics/use-statistics.ts';
import { useNewRuns } from './use-new-runs.ts';
import { useRunCount, useRunKeys, useRunValues } from './use-run-survey.ts';
import { useChildren, useLiveRuns, useRuns } from './use-runs.ts';

/** All that the table of runs shows, from what its URL says and the server has. */
export function useRunsView(
  experimentIds: readonly string[],
  state: RunsState,
  experimentNames: ReadonlyMap<string, string>,
) {
  const search = useSearch(experimentIds, state);
  const query = useRuns(search);
  const { runs: found, parents } = query;
  const [collector] = useState(() => new KeyCollector());
  const allKeys = useRunKeys(experimentIds);
  const keys = useMemo(() => {
    if (allKeys.data !== undefined) collector.addKeys(allKeys.data);
    return collector.add([...found, ...parents.values()]);
  }, [collector, allKeys.data, found, parents]);
  const live = useLiveRuns(search, found);
  const { newRuns, ...news } = useNewRuns(search, found, query.data !== undefined && !query.isFetching);
  const listed = state.columns;
  // As a text, which stays the same while pages come in: other columns would draw all rows anew.
  const automatic = useMemo(() => automaticColumns(found, experimentIds.length > 1).join('\n'), [found, experimentIds]);
  const columns = useMemo(
    () => (listed.length > 0 ? expandColumns(listed, keys) : automatic.split('\n')),
    [listed, keys, automatic],
  );
  const shown = useMemo(
    () => (state.differing ? differingColumns(columns, found) : columns).join('\n'),
    [state.differing, columns, found],
  );
  const shownColumns = useMemo(() => shown.split('\n'), [shown]);
  const { columnId: sortColumn, isDescending } = sortOf(state.sort);
  const { statisticOf, failedIds, ...statistics } = useStatistics(found, [...columns, sortColumn]);
  const idSortedHere = useMemo(() => {
    const id = parseColumnId(sortColumn);
    return id !== undefined && isSortedHere(id) ? id : undefined;
  }, [sortColumn]);
  const runs = useMemo(() => {
    if (idSortedHere === undefined) return found;
    const context = { statisticOf, experimentNames, nowMs: Date.now() };
    return sortHere(found, isDescending, (run) => valueToSortBy(run, idSortedHere, context));
  }, [found, idSortedHere, isDescending, statisticOf, experimentNames]);
  useEffect(() => {
    if (state.columns.length > 0) keepColumns(experimentIds, state.columns);
  }, [experimentIds, state.columns]);
  const groupBy = useMemo(() => parseColumnId(state.group), [state.group]);
  const isNested = state.nested && groupBy === undefined;
  const { children, ...families } = useChildren(search, isNested ? state.open : NONE);
  const rows = useMemo(() => {
    const lastBeforeMore = query.hasNextPage ? found.at(-1) : undefined;
    if (groupBy !== undefined) return groupRuns({ runs, by: groupBy, lastBeforeMore, experimentNames });
    return isNested ? nestRuns({ runs, parents, children }) : flatRuns(runs);
  }, [runs, found, parents, children, groupBy, isNested, query.hasNextPage, experimentNames]);
  const { valuesOf, wantValues } = useRunValues(experimentIds, runs);
  const count = useRunCount(search, newRuns.count);
  return {
    search,
    query,
    runs,
    rows,
    keys,
    /** All that were chosen. */
    columns,
    /** Those of them that are not hidden for being the same everywhere. */
    shownColumns,
    listed,
    liveCount: live.liveCount,
    newRuns,
    valuesOf,
    wantValues,
    count: count.data,
    /** Why what is shown is not kept fresh. */
    staleError: firstError([live, news, families, statistics, allKeys, count]),
    statisticOf,
    failedIds,
    isSortedHere: idSortedHere !== undefined,
    groupBy,
    isGrouped: groupBy !== undefined,
  };
}

const NONE: readonly string[] = [];

/** The search stays the same until the choice changes: a period ends when it was chosen, not with each drawing. */
function useSearch(experimentIds: readonly string[], state: RunsState): RunSearch {
  const { filter, stage, status, since, sort, group } = state;
  return useMemo(
    () =>
      runSearchOf(
        experimentIds,
        { filter, stage, status, since, sort, group },
        Math.floor(Date.now() / 60_000) * 60_000,
      ),
    [experimentIds, filter, stage, status, since, sort, group],
  );
}
