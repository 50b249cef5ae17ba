import type { GridColumn, GridRow } from './grid-types.ts';
import type { useGridTable } from './use-grid-table.ts';

/** TanStack's table and one of its columns, with the features that a grid has. */
export type TableModel<Row extends GridRow<Row>> = ReturnType<typeof useGridTable<Row>>;
export type ColumnModel<Row extends GridRow<Row>> = ReturnType<TableModel<Row>['getCenterLeafColumns']>[number];

/** A column as it is given, and which of all it is. */
export interface ShownColumn<Row extends GridRow<Row>> {
  readonly column: GridColumn<Row>;
  readonly index: number;
}

/** A column that scrolls, and where it stands from the first of them, in CSS pixels. */
export interface CellPlace<Row extends GridRow<Row>> {
  readonly column: ColumnModel<Row> | undefined;
  readonly start: number;
}
