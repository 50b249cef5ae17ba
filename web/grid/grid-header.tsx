import { type DragEvent, type KeyboardEvent, useRef } from 'react';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon/icon.tsx';
import { MenuButton } from '../ui/menu/menu-button.tsx';
import styles from './data-grid.module.css';
import type { CellPlace, ColumnModel, ShownColumn, TableModel } from './grid-model.ts';
import type { GridColumn, GridProps, GridRow } from './grid-types.ts';
import { SelectAll } from './select-all.tsx';
import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, SELECT_WIDTH } from './use-grid-table.ts';

interface Props<Row extends GridRow<Row>> {
  readonly table: TableModel<Row>;
  readonly grid: GridProps<Row>;
  readonly columnById: ReadonlyMap<string, ShownColumn<Row>>;
  readonly pinned: readonly ColumnModel<Row>[];
  readonly places: readonly CellPlace<Row>[];
  readonly centerWidth: number;
}

/** The titles of the columns: they sort, and can be dragged, widened and more by their menus. */
export function GridHeader<Row extends GridRow<Row>>({
  table,
  grid,
  columnById,
  pinned,
  places,
  centerWidth,
}: Props<Row>) {
  const headers = new Map(table.getFlatHeaders().map((header) => [header.column.id, header]));
  const cell = (model: ColumnModel<Row>, left: number, isPinned: boolean) => {
    const shown = columnById.get(model.id);
    const header = headers.get(model.id);
    if (shown === undefined || header === undefined) return null;
    return (
      <HeaderCell
        key={model.id}
        column={shown.column}
        model={model}
        grid={grid}
        left={left}
        isPinned={isPinned}
        index={shown.index}
        onResizeStart={header.getResizeHandler()}
      />
    );
  };
  return (
    // biome-ignore lint/a11y: the roles make it a row of the grid; the focus is on the grid.
    <div role="row" aria-rowindex={1} className={styles.header}>
      <SelectAll grid={grid} />
      {pinned.map((model) => cell(model, SELECT_WIDTH + model.getStart('start'), true))}
      <div role="presentation" className={styles.center} style={{ width: centerWidth }}>
        {places.map(({ column, start }) => column && cell(column, start, false))}
      </div>
    </div>
  );
}

interface HeaderCellProps<Row extends GridRow<Row>> {
  readonly column: GridColumn<Row>;
  readonly model: ColumnModel<Row>;
  readonly grid: GridProps<Row>;
  readonly left: number;
  readonly isPinned: boolean;
  readonly index: number;
  readonly onResizeStart: (event: unknown) => void;
}

function HeaderCell<Row extends GridRow<Row>>(props: HeaderCellProps<Row>) {
  const { column, model, grid, left, isPinned, index, onResizeStart } = props;
  const { id, title, overline, align, isSortable } = column;
  const words = (
    <span className={styles.words}>
      {overline !== undefined && <span className={styles.overline}>{overline} </span>}
      {title}
    </span>
  );
  const direction = grid.sort?.columnId === id ? grid.sort : undefined;
  const commands = grid.columnCommands?.(id) ?? [];
  const pressed = useRef<EventTarget>(null);
  const startDrag = (event: DragEvent): void => {
    // The edge widens the column; only the rest of the header takes it elsewhere.
    const isEdge = pressed.current instanceof Element && pressed.current.role === 'separator';
    if (isEdge) event.preventDefault();
    else event.dataTransfer.setData(DRAGGED, id);
  };
  return (
    // biome-ignore lint/a11y: a column's header of the grid; what acts on it are the buttons in it and its menu.
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={direction && (direction.isDescending ? 'descending' : 'ascending')}
      className={classes(styles.title, isPinned && styles.pinned, align === 'end' && styles.end)}
      style={{ left, width: model.getSize() }}
      draggable={grid.onMoveColumn !== undefined}
      onMouseDown={(event) => {
        pressed.current = event.target;
      }}
      onDragStart={startDrag}
      onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
      onDrop={(event) => {
        const dragged = event.dataTransfer.getData(DRAGGED);
        if (dragged !== '' && dragged !== id) grid.onMoveColumn?.(dragged, id);
      }}
    >
      {isSortable ? (
        <button
          type="button"
          className={styles.sort}
          title={title}
          onClick={() =>
            grid.onSort({ columnId: id, isDescending: direction ? !direction.isDescending : align === 'end' })
          }
        >
          {words}
          {direction && <Icon name={direction.isDescending ? 'down' : 'up'} />}
        </button>
      ) : (
        words
      )}
      {commands.length > 0 && <MenuButton label={`Column ${title}`} icon="menu" commands={commands} />}
      <Resizer title={title} grid={grid} model={model} onResizeStart={onResizeStart} />
    </div>
  );
}

const DRAGGED = 'text/x-tracklet-column';
const KEY_STEP = 16;

type ResizerProps<Row extends GridRow<Row>> = Pick<HeaderCellProps<Row>, 'grid' | 'model' | 'onResizeStart'> & {
  readonly title: string;
};

/** The edge of a column: dragged, or moved by the arrow keys. */
function Resizer<Row extends GridRow<Row>>({ title, grid, model, onResizeStart }: ResizerProps<Row>) {
  const width = model.getSize();
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? KEY_STEP : event.key === 'ArrowLeft' ? -KEY_STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    const wanted = Math.max(MIN_COLUMN_WIDTH, Math.min(MAX_COLUMN_WIDTH, width + by));
    grid.onWidths({ ...grid.widths, [model.id]: wanted });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuenow={width}
      aria-valuemin={MIN_COLUMN_WIDTH}
      aria-valuemax={MAX_COLUMN_WIDTH}
      tabIndex={0}
      className={styles.resizer}
      onMouseDown={onResizeStart}
      onTouchStart={onResizeStart}
      onKeyDown={onKeyDown}
    />
  );
}
