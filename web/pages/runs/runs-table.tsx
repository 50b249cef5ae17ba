import { type ReactNode, useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { sentenceOf } from '../../api/api-error.ts';
import { DataGrid } from '../../grid/data-grid.tsx';
import { links } from '../../routes/links.ts';
import { Button } from '../../ui/button/button.tsx';
import type { Command } from '../../ui/commands/command.ts';
import { formatCount } from '../../ui/format/number.ts';
import { moveBy, moveTo, withItem } from '../../ui/order/order.ts';
import type { ChangeState } from '../../ui/url-state/use-url-state.ts';
import { formatColumnId, isSortable, parseColumnId, STATISTICS } from './column-id.ts';
import { rewriteColumns } from './column-list.ts';
import { runColumns } from './run-columns.tsx';
import { sortOf, textOfSort } from './run-search.ts';
import type { RunRow } from './run-tree.ts';
import type { RunsState, runsSchema } from './runs-state.ts';
import type { useRunsView } from './use-runs-view.ts';

interface Props {
  readonly state: RunsState;
  readonly change: ChangeState<typeof runsSchema>;
  readonly view: ReturnType<typeof useRunsView>;
  readonly experimentNames: ReadonlyMap<string, string>;
  /** The mark of a row's line, where charts are beside the table. */
  readonly markOf?: ((row: RunRow) => ReactNode) | undefined;
}

/** The table of runs, and what its columns can do. */
export function RunsTable({ state, change, view, experimentNames, markOf }: Props) {
  const [, navigate] = useLocation();
  const { query, rows, columns: columnIds, shownColumns, isGrouped, statisticOf, failedIds } = view;
  const columns = useMemo(
    () => runColumns(shownColumns, { pinned: state.pinned, experimentNames, markOf, statisticOf, failedIds }),
    [shownColumns, state.pinned, experimentNames, markOf, statisticOf, failedIds],
  );
  const selectedIds = useMemo(() => new Set(state.selected), [state.selected]);
  // Groups lie open until they are folded, nested runs the other way round.
  const openIds = useMemo(() => {
    const named = new Set(state.open);
    return isGrouped ? new Set(rows.map(({ id }) => id).filter((id) => !named.has(id))) : named;
  }, [state.open, isGrouped, rows]);
  const fold = useCallback(
    (id: string, isOpen: boolean) => change({ open: withItem(state.open, id, isOpen !== isGrouped) }, 'replace'),
    [change, state.open, isGrouped],
  );
  const select = useCallback((ids: ReadonlySet<string>) => change({ selected: [...ids] }, 'replace'), [change]);
  const widen = useCallback((widths: Readonly<Record<string, number>>) => change({ widths }, 'replace'), [change]);
  const open = useCallback((row: RunRow) => row.kind === 'run' && navigate(links.run(row.run.runId)), [navigate]);
  const loadMore = useCallback(() => {
    if (query.hasNextPage && !query.isFetching && query.error === null) void query.fetchNextPage();
  }, [query.hasNextPage, query.isFetching, query.error, query.fetchNextPage]);
  const arrange = (wanted: readonly string[], moved?: string) =>
    change({ columns: rewriteColumns({ columns: state.columns, keys: view.keys, wanted, moved }) });
  const sort = sortOf(state.sort);
  return (
    <DataGrid
      label="Runs"
      columns={columns}
      rows={rows}
      sort={sort}
      onSort={(next) => change({ sort: textOfSort(next) })}
      widths={state.widths}
      onWidths={widen}
      onMoveColumn={(column, place) => arrange(moveTo(columnIds, column, place), column)}
      columnCommands={(column) => columnCommands(column, { state, change, columnIds, arrange })}
      selectedIds={selectedIds}
      onSelect={select}
      openIds={openIds}
      onFold={fold}
      onOpenRow={open}
      onNearEnd={loadMore}
      footer={footerOf(view, state)}
    />
  );
}

interface ColumnContext extends Pick<Props, 'state' | 'change'> {
  readonly columnIds: readonly string[];
  /** Shows these columns, of which one was moved. */
  readonly arrange: (wanted: readonly string[], moved?: string) => void;
}

/** What can be done with a column: the menu in its header. */
function columnCommands(column: string, { state, change, columnIds, arrange }: ColumnContext): readonly Command[] {
  const isPinned = state.pinned.includes(column);
  const id = parseColumnId(column);
  const isGroupable = id !== undefined && id.kind !== 'metric' && id.kind !== 'statistic' && column !== 'name';
  const canSort = id !== undefined && isSortable(id);
  const sort = (isDescending: boolean) => () => change({ sort: textOfSort({ columnId: column, isDescending }) });
  const move = (by: number) => () => arrange(moveBy(columnIds, column, by), column);
  const commands: readonly (Command | false)[] = [
    canSort && { id: 'ascending', title: 'Sort, least first', icon: 'up', run: sort(false) },
    canSort && { id: 'descending', title: 'Sort, greatest first', icon: 'down', run: sort(true) },
    {
      id: 'pin',
      title: isPinned ? 'Let it scroll' : 'Keep in view',
      icon: 'pin',
      run: () => change({ pinned: withItem(state.pinned, column, !isPinned) }),
    },
    isGroupable && { id: 'group', title: 'Group by it', icon: 'tree', run: () => change({ group: column, open: [] }) },
    ...(id?.kind === 'metric' ? statisticCommands(id.key, { arrange, columnIds, column }) : []),
    { id: 'left', title: 'Move left', icon: 'chevronLeft', run: move(-1) },
    { id: 'right', title: 'Move right', icon: 'chevronRight', run: move(1) },
    column !== 'name' && {
      id: 'hide',
      title: 'Hide',
      icon: 'close',
      run: () => arrange(withItem(columnIds, column, false)),
    },
  ];
  return commands.filter((command) => command !== false);
}

const STATISTIC_TITLES = {
  min: 'Show its least value',
  max: 'Show its greatest value',
  first: 'Show its first value',
} as const;

interface BesideMetric extends Pick<ColumnContext, 'columnIds' | 'arrange'> {
  readonly column: string;
}

/** A statistic comes to stand right behind its metric. */
const statisticCommands = (key: string, { arrange, columnIds, column }: BesideMetric): readonly Command[] =>
  STATISTICS.map((statistic): Command => {
    const added = formatColumnId({ kind: 'statistic', statistic, key });
    const others = columnIds.filter((each) => each !== added);
    const at = others.indexOf(column) + 1;
    return {
      id: statistic,
      title: STATISTIC_TITLES[statistic],
      icon: 'plus',
      run: () => arrange([...others.slice(0, at), added, ...others.slice(at)]),
    };
  });

interface StoppedProps {
  readonly query: Props['view']['query'];
  readonly error: Error;
}

/** Says that the list ends where an answer failed, and asks again. */
function Stopped({ query, error }: StoppedProps) {
  const isNextPage = query.isFetchNextPageError;
  return (
    <>
      {isNextPage ? 'No more runs could be read' : 'What you see may be old'}: {sentenceOf(error)}{' '}
      <Button look="quiet" onClick={() => void (isNextPage ? query.fetchNextPage() : query.refetch())}>
        Try again
      </Button>
    </>
  );
}

function footerOf({ query, runs }: Props['view'], { filter }: RunsState) {
  if (query.isFetchingNextPage) return 'Loading more runs…';
  if (query.error !== null) return <Stopped query={query} error={query.error} />;
  if (runs.length > 0)
    return query.hasNextPage ? 'Scroll for more' : `${formatCount(runs.length, 'run')}, and that is all`;
  return filter === '' ? 'No run is here.' : 'No run passes the filter.';
}
