import { type MouseEvent, memo } from 'react';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon/icon.tsx';
import styles from './data-grid.module.css';
import type { CellPlace, ColumnModel, RowModel } from './grid-model.ts';
import type { GridColumn, GridProps, GridRow } from './grid-types.ts';
import { SELECT_WIDTH } from './use-grid-table.ts';

interface Props<Row extends GridRow<Row>> {
  readonly id: string;
  readonly row: RowModel<Row>;
  readonly index: number;
  readonly top: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  /** Whether any row can be unfolded: then all leave the room for the arrow. */
  readonly isTree: boolean;
  readonly grid: GridProps<Row>;
  readonly columnById: ReadonlyMap<string, GridColumn<Row>>;
  readonly pinned: readonly ColumnModel<Row>[];
  readonly places: readonly CellPlace<Row>[];
  readonly centerWidth: number;
  readonly onActivate: (index: number) => void;
}

function DrawnRow<Row extends GridRow<Row>>(props: Props<Row>) {
  const {
    id,
    row,
    index,
    top,
    isSelected,
    isActive,
    isTree,
    grid,
    columnById,
    pinned,
    places,
    centerWidth,
    onActivate,
  } = props;
  const { original } = row;
  const isOpen = original.children === undefined ? undefined : grid.openIds.has(row.id);
  const treeColumnId = grid.columns[0]?.id;
  const cell = (model: ColumnModel<Row>, left: number, isPinned: boolean) => {
    const column = columnById.get(model.id);
    if (column === undefined) return null;
    const isTreeCell = model.id === treeColumnId;
    return (
      // biome-ignore lint/a11y: a cell of the grid, which has the focus.
      <div
        key={model.id}
        role={isTreeCell ? 'rowheader' : 'gridcell'}
        aria-colindex={grid.columns.indexOf(column) + 2}
        className={classes(styles.cell, isPinned && styles.pinned, column.align === 'end' && styles.end)}
        style={{ left, width: model.getSize() }}
      >
        {isTreeCell && isTree && <Fold row={row} isOpen={isOpen} onFold={grid.onFold} />}
        {column.render(original)}
      </div>
    );
  };
  return (
    // biome-ignore lint/a11y: a row of the grid; the grid has the focus and the keys.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-level={isTree ? row.depth + 1 : undefined}
      aria-expanded={isOpen}
      aria-selected={original.isSelectable ? isSelected : undefined}
      className={classes(
        styles.row,
        isSelected && styles.selected,
        isActive && styles.active,
        !original.isSelectable && styles.group,
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onActivate(index)}
    >
      {/* biome-ignore lint/a11y: the cell of the check box. */}
      <div role="gridcell" aria-colindex={1} className={styles.check}>
        {original.isSelectable && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Choose ${original.label}`}
            checked={isSelected}
            onChange={keepControlled}
            onClick={(event: MouseEvent) => row.getToggleSelectedHandler({ selectChildren: false })(event)}
          />
        )}
      </div>
      {pinned.map((model) => cell(model, SELECT_WIDTH + model.getStart('start'), true))}
      <div role="presentation" className={styles.center} style={{ width: centerWidth }}>
        {places.map(({ column, start }) => column && cell(column, start, false))}
      </div>
    </div>
  );
}

/**
 * A row of the grid; its check box and its arrow are reached with the pointer, and by the grid's keys. Scrolling draws only
 * the rows that come in. The cast gives back what `memo` forgets: that the type of a row is open.
 */
export const BodyRow = memo(DrawnRow) as typeof DrawnRow;

/** The click does it, for it tells whether Shift is held; React asks for a handler beside `checked`. */
const keepControlled = (): void => undefined;

interface FoldProps<Row extends GridRow<Row>> {
  readonly row: RowModel<Row>;
  readonly isOpen: boolean | undefined;
  readonly onFold: (id: string, isOpen: boolean) => void;
}

const INDENT = 16;

function Fold<Row extends GridRow<Row>>({ row, isOpen, onFold }: FoldProps<Row>) {
  return (
    <>
      {row.depth > 0 && <span style={{ width: row.depth * INDENT, flex: 'none' }} />}
      {isOpen === undefined ? (
        <span className={styles.foldSpace} />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={styles.fold}
          aria-label={`${isOpen ? 'Fold' : 'Unfold'} ${row.original.label}`}
          onClick={() => onFold(row.id, !isOpen)}
        >
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
        </button>
      )}
    </>
  );
}
