import { type KeyboardEvent, useMemo, useState } from 'react';
import type { Command } from '../ui/commands/command.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import type { GridProps, GridRow } from './grid-types.ts';

interface ModelRow<Row> {
  readonly id: string;
  readonly original: Row;
}

interface ActiveRow {
  /** Among the unfolded rows; undefined before anybody moved. */
  readonly index: number | undefined;
  readonly activate: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

type Act = () => void;

/** What the keyboard does with the active row. */
interface RowActions {
  readonly commands: readonly Command[];
  /** By KeyboardEvent.key, while the grid itself has the focus. */
  readonly keys: Readonly<Record<string, Act | undefined>>;
}

const PAGE_ROWS = 20;

/** The row that the keyboard is on, and the commands that move it and act on it. `scrollTo` must stay the same function. */
export function useActiveRow<Row extends GridRow<Row>>(
  rows: readonly ModelRow<Row>[],
  { selectedIds, onSelect, openIds, onFold, onOpenRow }: GridProps<Row>,
  scrollTo: (index: number) => void,
): ActiveRow {
  const [activeId, setActiveId] = useState<string>();
  const found = activeId === undefined ? -1 : rows.findIndex(({ id }) => id === activeId);
  const index = found < 0 ? undefined : found;
  const { commands, keys } = useMemo(() => {
    const move = (to: number) => {
      const within = Math.max(0, Math.min(rows.length - 1, to));
      setActiveId(rows[within]?.id);
      scrollTo(within);
    };
    return actionsOn({ rows, index, move, selectedIds, onSelect, openIds, onFold, onOpenRow });
  }, [rows, index, scrollTo, selectedIds, onSelect, openIds, onFold, onOpenRow]);
  useCommands('Rows', commands);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return { index, activate: setActiveId, onKeyDown };
}

type Folding = 'selectedIds' | 'onSelect' | 'openIds' | 'onFold' | 'onOpenRow';

interface Context<Row> extends Pick<GridProps<Row>, Folding> {
  readonly rows: readonly ModelRow<Row>[];
  readonly index: number | undefined;
  readonly move: (to: number) => void;
}

function actionsOn<Row extends GridRow<Row>>(context: Context<Row>): RowActions {
  const { rows, index, move, selectedIds, onSelect, openIds, onFold, onOpenRow } = context;
  const row = index === undefined ? undefined : rows[index];
  const moveBy = (by: number) => () => move(index === undefined ? 0 : index + by);
  const to = (place: number) => () => move(place);
  const toggle = () => {
    if (!row?.original.isSelectable) return;
    const ids = new Set(selectedIds);
    if (!ids.delete(row.id)) ids.add(row.id);
    onSelect(ids);
  };
  const fold = (isOpen: boolean) => () => {
    if (row?.original.children !== undefined && openIds.has(row.id) !== isOpen) onFold(row.id, isOpen);
  };
  const open = () => {
    if (row !== undefined) onOpenRow(row.original);
  };
  const clear = () => onSelect(new Set());
  const noRow = row === undefined ? 'Move to a row first' : undefined;
  const noChoice = selectedIds.size === 0 ? 'None is chosen' : undefined;
  return {
    commands: [
      { id: 'next', title: 'Next row', shortcut: 'j', run: moveBy(1) },
      { id: 'previous', title: 'Previous row', shortcut: 'k', run: moveBy(-1) },
      { id: 'select', title: 'Choose the row, or not', shortcut: 'x', disabledReason: noRow, run: toggle },
      { id: 'open', title: 'Open the row', shortcut: 'o', disabledReason: noRow, run: open },
      { id: 'clear', title: 'Choose none', shortcut: 'Escape', disabledReason: noChoice, run: clear },
    ],
    keys: {
      ArrowDown: moveBy(1),
      ArrowUp: moveBy(-1),
      PageDown: moveBy(PAGE_ROWS),
      PageUp: moveBy(-PAGE_ROWS),
      Home: to(0),
      End: to(rows.length - 1),
      ArrowRight: fold(true),
      ArrowLeft: fold(false),
      Enter: open,
      ' ': toggle,
    },
  };
}
