import { type MouseEvent, memo } from 'react';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon/icon.tsx';
import styles from './data-grid.module.css';
import type { CellPlace, ColumnModel, ShownColumn } from './grid-model.ts';
import type { GridProps, GridRow } from './grid-types.ts';
import { SELECT_WIDTH } from './use-grid-table.ts';

interface Props<Row extends GridRow<Row>> {
  readonly id: string;
  readonly row: Row;
  /** How many rows it is folded below. */
  readonly depth: number;
  readonly index: number;
  readonly top: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  /** undefined for a row that cannot be unfolded. */
  readonly isOpen: boolean | undefined;
  /** Whether any row can be unfolded: then all leave the room for the arrow. */
  readonly isTree: boolean;
  readonly columnById: ReadonlyMap<string, ShownColumn<Row>>;
  readonly pinned: readonly ColumnModel<Row>[];
  readonly places: readonly CellPlace<Row>[];
  readonly centerWidth: number;
  readonly onActivate: (id: string) => void;
  readonly onToggle: (index: number, event: MouseEvent) => void;
  readonly onFold: GridProps<Row>['onFold'];
}

function DrawnRow<Row extends GridRow<Row>>(props: Props<Row>) {
  const {
    id,
    row,
    depth,
    index,
    top,
    isSelected,
    isActive,
    isOpen,
    isTree,
    columnById,
    pinned,
    places,
    centerWidth,
    onActivate,
    onToggle,
    onFold,
  } = props;
  const cell = (model: ColumnModel<Row>, left: number, isPinned: boolean) => {
    const shown = columnById.get(model.id);
    if (shown === undefined) return null;
    const { column, index: place } = shown;
    const isTreeCell = place === 0;
    return (
      // biome-ignore lint/a11y: a cell of the grid, which has the focus.
      <div
        key={model.id}
        role={isTreeCell ? 'rowheader' : 'gridcell'}
        aria-colindex={place + 2}
        className={classes(styles.cell, isPinned && styles.pinned, column.align === 'end' && styles.end)}
        style={{ left, width: model.getSize() }}
      >
        {isTreeCell && isTree && <Fold row={row} depth={depth} isOpen={isOpen} onFold={onFold} />}
        {column.render(row)}
      </div>
    );
  };
  return (
    // biome-ignore lint/a11y: a row of the grid; the grid has the focus and the keys.
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-level={isTree ? depth + 1 : undefined}
      aria-expanded={isOpen}
      aria-selected={row.isSelectable ? isSelected : undefined}
      className={classes(
        styles.row,
        isSelected && styles.selected,
        isActive && styles.active,
        !row.isSelectable && styles.group,
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onActivate(row.id)}
    >
      {/* biome-ignore lint/a11y: the cell of the check box. */}
      <div role="gridcell" aria-colindex={1} className={styles.check}>
        {row.isSelectable && (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Choose ${row.label}`}
            checked={isSelected}
            onChange={keepControlled}
            onClick={(event: MouseEvent) => onToggle(index, event)}
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
 * the rows that come in, for all that it is given stays the same. The cast gives back what `memo` forgets: that the type of a row is open.
 */
export const BodyRow = memo(DrawnRow) as typeof DrawnRow;

/** The click does it, for it tells whether Shift is held; React asks for a handler beside `checked`. */
const keepControlled = (): void => undefined;

interface FoldProps<Row extends GridRow<Row>> {
  readonly row: Row;
  readonly depth: number;
  readonly isOpen: boolean | undefined;
  readonly onFold: (id: string, isOpen: boolean) => void;
}

const INDENT = 16;

function Fold<Row extends GridRow<Row>>({ row, depth, isOpen, onFold }: FoldProps<Row>) {
  return (
    <>
      {depth > 0 && <span style={{ width: depth * INDENT, flex: 'none' }} />}
      {isOpen === undefined ? (
        <span className={styles.foldSpace} />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={styles.fold}
          aria-label={`${isOpen ? 'Fold' : 'Unfold'} ${row.label}`}
          onClick={() => onFold(row.id, !isOpen)}
        >
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
        </button>
      )}
    </>
  );
}
