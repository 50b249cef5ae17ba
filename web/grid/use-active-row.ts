import { type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import type { Command } from '../ui/commands/command.ts';
import { useCommands } from '../ui/commands/use-commands.ts';
import type { GridProps, GridRow } from './grid-types.ts';

interface ModelRow<Row> {
  readonly id: string;
  readonly original: Row;
  readonly depth: number;
}

interface ActiveRow {
  /** Among the unfolded rows; undefined before anybody moved. */
  readonly index: number | undefined;
  readonly activate: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const PAGE_ROWS = 20;

/** The row that the keyboard is on, and the commands that move it and act on it. */
export function useActiveRow<Row extends GridRow<Row>>(
  rows: readonly ModelRow<Row>[],
  { selectedIds, onSelect, openIds, onFold, onOpenRow }: GridProps<Row>,
  scrollTo: (index: number) => void,
): ActiveRow {
  const [activeId, setActiveId] = useState<string>();
  const found = activeId === undefined ? -1 : rows.findIndex(({ id }) => id === activeId);
  const index = found < 0 ? undefined : found;
  const row = index === undefined ? undefined : rows[index];

  const activate = useCallback((to: number) => setActiveId(rows[to]?.id), [rows]);
  const moveTo = (to: number): void => {
    const within = Math.max(0, Math.min(rows.length - 1, to));
    activate(within);
    scrollTo(within);
  };
  const moveBy = (by: number): void => moveTo(index === undefined ? 0 : index + by);
  const toggle = (): void => {
    if (!row?.original.isSelectable) return;
    const ids = new Set(selectedIds);
    if (!ids.delete(row.id)) ids.add(row.id);
    onSelect(ids);
  };
  const fold = (isOpen: boolean): void => {
    if (row?.original.children !== undefined && openIds.has(row.id) !== isOpen) onFold(row.id, isOpen);
  };
  const open = (): void => {
    if (row !== undefined) onOpenRow(row.original);
  };
  const noRow = row === undefined ? 'Move to a row first' : undefined;
  const commands: readonly Command[] = [
    { id: 'next', title: 'Next row', shortcut: 'j', run: () => moveBy(1) },
    { id: 'previous', title: 'Previous row', shortcut: 'k', run: () => moveBy(-1) },
    { id: 'select', title: 'Choose the row, or not', shortcut: 'x', disabledReason: noRow, run: toggle },
    { id: 'open', title: 'Open the row', shortcut: 'o', disabledReason: noRow, run: open },
    { id: 'clear', title: 'Choose none', shortcut: 'Escape', disabledReason: selectedIds.size === 0 ? 'None is chosen' : undefined, run: () => onSelect(new Set()) },
  ];
  // New functions with each drawing: registered anew only when what they act on changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the functions read.
  useCommands('Rows', useMemo(() => commands, [rows, index, selectedIds, openIds, onSelect, onFold, onOpenRow]));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const keys = (key: string): (() => void) | undefined => {
    switch (key) {
      case 'ArrowDown':
        return () => moveBy(1);
      case 'ArrowUp':
        return () => moveBy(-1);
      case 'PageDown':
        return () => moveBy(PAGE_ROWS);
      case 'PageUp':
        return () => moveBy(-PAGE_ROWS);
      case 'Home':
        return () => moveTo(0);
      case 'End':
        return () => moveTo(rows.length - 1);
      case 'ArrowRight':
        return row?.original.children && (() => fold(true));
      case 'ArrowLeft':
        return row?.original.children && (() => fold(false));
      case 'Enter':
        return open;
      case ' ':
        return toggle;
      default:
        return undefined;
    }
  };
  return { index, activate, onKeyDown };
}
