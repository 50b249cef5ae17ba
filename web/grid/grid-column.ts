import type { GridColumn } from './grid-types.ts';

/** A column as most are: text that scrolls with the others and sorts nothing; `widthPx` in CSS pixels. */
export const gridColumn = <Row>(
  id: string,
  title: string,
  widthPx: number,
  rest: Pick<GridColumn<Row>, 'render'> & Partial<GridColumn<Row>>,
): GridColumn<Row> => ({
  id,
  title,
  width: widthPx,
  align: 'start',
  isPinned: false,
  isSortable: false,
  ...rest,
});
