import type { GridRow } from './grid-types.ts';

/** The ids of all rows that can be chosen, folded ones included. */
export const selectableIds = <Row extends GridRow<Row>>(rows: readonly Row[]): readonly string[] =>
  rows.flatMap((row) => [...(row.isSelectable ? [row.id] : []), ...selectableIds(row.children ?? [])]);
