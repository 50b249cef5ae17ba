import { type ReactNode, useCallback, useMemo } from 'react';
import { Loading, Trouble } from '../ui/states/states.tsx';
import { DataGrid } from './data-grid.tsx';
import type { GridProps, GridRow } from './grid-types.ts';

const NONE_OPEN: ReadonlySet<string> = new Set();

/** A list that is read page by page, as the query cache has it. */
interface PagedList {
  readonly error: Error | null;
  readonly refetch: () => Promise<unknown>;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

interface ListState {
  readonly selected: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
}

type OfGrid = 'label' | 'columns' | 'onOpenRow' | 'footer';
type Sorting = 'sort' | 'onSort';

interface Props<Row> extends Pick<GridProps<Row>, OfGrid>, Partial<Pick<GridProps<Row>, Sorting>> {
  /** What is listed, such as `the models`. */
  readonly what: string;
  readonly list: PagedList;
  /** Undefined until the first page is there. */
  readonly rows: readonly Row[] | undefined;
  /** What the URL keeps of it. */
  readonly state: ListState;
  readonly onChange: (change: Partial<ListState>, history: 'replace') => void;
  /** What is shown in place of the table where there is nothing yet to be listed. */
  readonly empty?: ReactNode;
}

/** A list without trees as a table, in each of its states: loading, in trouble, empty, there. */
export function ListGrid<Row extends GridRow<Row>>(props: Props<Row>) {
  const { what, list, rows, state, onChange, empty, footer, sort, onSort = noSort, ...ofGrid } = props;
  const { error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const selectedIds = useMemo(() => new Set(state.selected), [state.selected]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (rows === undefined) {
    if (error === null) return <Loading what={what} />;
    const title = `${what.charAt(0).toUpperCase()}${what.slice(1)} cannot be shown`;
    return <Trouble title={title} error={error} onRetry={() => void refetch()} />;
  }
  if (empty) return empty;
  return (
    <DataGrid
      {...ofGrid}
      rows={rows}
      sort={sort}
      onSort={onSort}
      widths={state.widths}
      onWidths={(widths) => onChange({ widths }, 'replace')}
      selectedIds={selectedIds}
      onSelect={(ids) => onChange({ selected: [...ids] }, 'replace')}
      openIds={NONE_OPEN}
      onFold={() => undefined}
      onNearEnd={loadMore}
      footer={footerOf(footer, list)}
    />
  );
}

const noSort = (): void => undefined;

function footerOf(footer: ReactNode, { error, isFetchingNextPage }: PagedList): ReactNode {
  if (isFetchingNextPage) return 'Loading more…';
  return error === null ? footer : `What you see may be old: ${error.message}`;
}
