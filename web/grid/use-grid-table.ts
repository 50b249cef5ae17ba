import {
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  createExpandedRowModel,
  rowExpandingFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { GridProps, GridRow } from './grid-types.ts';
import { pinnedWithin } from './pinned-within.ts';

const features = tableFeatures({
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  rowExpandingFeature,
  rowSelectionFeature,
  expandedRowModel: createExpandedRowModel(),
});

export const MIN_COLUMN_WIDTH = 60;
export const MAX_COLUMN_WIDTH = 900;
/** The column of the check boxes. */
export const SELECT_WIDTH = 36;

/** TanStack's model of a grid: the rows that are unfolded, what is chosen, and where columns stand. */
export function useGridTable<Row extends GridRow<Row>>(props: GridProps<Row>, viewWidth: number) {
  const { columns, rows, widths, onWidths, selectedIds, onSelect, openIds } = props;
  const [sizing, setSizing] = useState(widths);
  useEffect(() => setSizing(widths), [widths]);
  const definitions = useMemo(
    () =>
      columns.map(({ id, width }) => ({
        id,
        size: width,
        minSize: MIN_COLUMN_WIDTH,
        maxSize: MAX_COLUMN_WIDTH,
      })),
    [columns],
  );
  const pinned = useMemo(
    () => pinnedWithin(columns, { ...sizing }, viewWidth - SELECT_WIDTH),
    [columns, sizing, viewWidth],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row: Row) => row.id,
    getSubRows: (row: Row) => row.children,
    enableRowSelection: (row) => row.original.isSelectable,
    enableSubRowSelection: false,
    columnResizeMode: 'onChange',
    state: {
      columnPinning: useMemo(() => ({ start: [...pinned], end: [] }), [pinned]),
      columnSizing: sizing,
      expanded: useMemo(() => flagsOf(openIds), [openIds]),
      rowSelection: useMemo(() => flagsOf(selectedIds), [selectedIds]),
    },
    onColumnSizingChange: setSizing,
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(flagsOf(selectedIds)) : update;
      onSelect(new Set(Object.keys(next).filter((id) => next[id])));
    },
  });
  const isResizing = table.state.columnResizing.isResizingColumn !== false;
  const wasResizing = useRef(false);
  useEffect(() => {
    // The URL hears of a width once, when the hand lets go.
    if (wasResizing.current && !isResizing) onWidths(sizing);
    wasResizing.current = isResizing;
  }, [isResizing, sizing, onWidths]);
  return table;
}

const flagsOf = (ids: ReadonlySet<string>): Record<string, true> =>
  Object.fromEntries([...ids].map((id) => [id, true as const]));
