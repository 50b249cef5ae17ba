import type { ReactNode } from 'react';
import type { Command } from '../ui/commands/command.ts';

/** A row, with the rows folded below it. */
export interface GridRow<Row> {
  readonly id: string;
  /** What a screen reader calls it. */
  readonly label: string;
  /** undefined for a row that cannot be unfolded. */
  readonly children?: readonly Row[] | undefined;
  /** Whether it can be chosen; the heading of a group cannot. */
  readonly isSelectable: boolean;
}

export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** A word above the title that tells columns of the same title apart. */
  readonly overline?: string | undefined;
  /** In CSS pixels. */
  readonly width: number;
  /** Numbers stand at the end, so that their digits are below each other. */
  readonly align: 'start' | 'end';
  readonly isPinned: boolean;
  readonly isSortable: boolean;
  readonly render: (row: Row) => ReactNode;
}

export interface GridSort {
  readonly columnId: string;
  readonly isDescending: boolean;
}

/** Data and callbacks of a grid; it keeps nothing but where the focus is and what is being dragged. */
export interface GridProps<Row> {
  /** What a screen reader calls the table. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly sort: GridSort | undefined;
  readonly onSort: (sort: GridSort) => void;
  /** Widths that differ from the columns' own, by their ids. */
  readonly widths: Readonly<Record<string, number>>;
  readonly onWidths: (widths: Readonly<Record<string, number>>) => void;
  /** Called when a column was dragged onto another's place. */
  readonly onMoveColumn?: ((columnId: string, toColumnId: string) => void) | undefined;
  readonly columnCommands?: ((columnId: string) => readonly Command[]) | undefined;
  readonly selectedIds: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly openIds: ReadonlySet<string>;
  readonly onFold: (id: string, isOpen: boolean) => void;
  readonly onOpenRow: (row: Row) => void;
  /** Called when the last rows come into view. */
  readonly onNearEnd: () => void;
  /** What stands below the last row: that more is loading, or how many there are. */
  readonly footer: ReactNode;
}
