import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import styles from './data-grid.module.css';
import { GridHeader } from './grid-header.tsx';
import { BodyRow } from './grid-row.tsx';
import type { GridProps, GridRow } from './grid-types.ts';
import { useActiveRow } from './use-active-row.ts';
import { SELECT_WIDTH, useGridTable } from './use-grid-table.ts';
import { useWidth } from './use-width.ts';

const ROW_HEIGHT = 32;
const HEADER_HEIGHT = 38;
const ROWS_AROUND = 8;
const COLUMNS_AROUND = 3;
/** So many rows before the end the next page is asked for. */
const ROWS_BEFORE_END = 30;

/**
 * A table as a spreadsheet has it: rows and columns are drawn as they come into view, some columns stay, rows unfold. The
 * focus is on the table; arrows or j and k move the active row, and the commands of the page act on it.
 */
export function DataGrid<Row extends GridRow<Row>>(props: GridProps<Row>) {
  const { label, columns, footer, onNearEnd, selectedIds, openIds, onFold } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const viewWidth = useWidth(scroller);
  const table = useGridTable(props, viewWidth);
  const rows = table.getRowModel().rows;
  const pinned = table.getStartLeafColumns();
  const center = table.getCenterLeafColumns();
  const pinnedWidth = SELECT_WIDTH + table.getStartTotalSize();
  const totalWidth = SELECT_WIDTH + table.getTotalSize();

  const rowVirtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: useSettled() ? ROWS_AROUND : 0,
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const columnVirtualizer = useVirtualizer({
    horizontal: true,
    count: center.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => center[index]?.getSize() ?? 0,
    overscan: COLUMNS_AROUND,
    paddingStart: pinnedWidth,
  });
  const sizes = center.map((column) => column.getSize()).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes are what is measured anew.
  useEffect(() => columnVirtualizer.measure(), [columnVirtualizer, sizes]);

  const columnById = useMemo(() => new Map(columns.map((column, index) => [column.id, { column, index }])), [columns]);
  const range = columnVirtualizer.getVirtualItems();
  const rangeKey = range.map(({ index, start }) => `${index}:${start}`).join();
  // Rows are drawn anew only when other columns come into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the range holds.
  const places = useMemo(
    () => range.map(({ index, start }) => ({ column: center[index], start: start - pinnedWidth })),
    [rangeKey, center, pinnedWidth, sizes],
  );

  const drawnRows = rowVirtualizer.getVirtualItems();
  // What leaves at one end comes in again at the other: the same elements, with other texts.
  const slots = 2 ** Math.ceil(Math.log2(drawnRows.length));
  const lastDrawn = drawnRows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastDrawn >= rows.length - 1 - ROWS_BEFORE_END) onNearEnd();
  }, [lastDrawn, rows.length, onNearEnd]);

  const scrollTo = useCallback((index: number) => rowVirtualizer.scrollToIndex(index), [rowVirtualizer]);
  const active = useActiveRow(rows, props, scrollTo);
  const latestRows = useRef(rows);
  useLayoutEffect(() => {
    latestRows.current = rows;
  });
  const toggle = useCallback(
    (index: number, event: MouseEvent) =>
      latestRows.current[index]?.getToggleSelectedHandler({ selectChildren: false })(event),
    [],
  );
  const centerWidth = table.getCenterTotalSize();
  // The same element is not drawn again: a row that comes into view changes nothing in the header.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is another object each time, its state is not.
  const header = useMemo(
    () => (
      <GridHeader
        table={table}
        grid={props}
        columnById={columnById}
        pinned={pinned}
        places={places}
        centerWidth={centerWidth}
      />
    ),
    [table.state, props, columnById, pinned, places, centerWidth],
  );
  const isTree = useMemo(() => rows.some((row) => row.original.children !== undefined), [rows]);
  return (
    // biome-ignore lint/a11y: the role is a grid's, one or the other; a <table> cannot draw only the rows in view.
    <div
      ref={scroller}
      className={styles.scroller}
      role={isTree ? 'treegrid' : 'grid'}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={active.index === undefined ? undefined : `${gridId}${active.index}`}
      tabIndex={0}
      onKeyDown={active.onKeyDown}
    >
      <div
        className={styles.sheet}
        style={{ width: totalWidth, height: rowVirtualizer.getTotalSize() }}
        role="presentation"
      >
        {header}
        {drawnRows.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <BodyRow
                key={index % slots}
                id={`${gridId}${index}`}
                row={row.original}
                depth={row.depth}
                index={index}
                top={start}
                isSelected={selectedIds.has(row.id)}
                isActive={active.index === index}
                isOpen={row.original.children && openIds.has(row.id)}
                isTree={isTree}
                columnById={columnById}
                pinned={pinned}
                places={places}
                centerWidth={centerWidth}
                onActivate={active.activate}
                onToggle={toggle}
                onFold={onFold}
              />
            )
          );
        })}
      </div>
      <div className={styles.footer}>{footer}</div>
    </div>
  );
}

/** Whether the first drawing is over: what is not in view can wait for it. */
function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setSettled(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isSettled;
}
