/** The place of the first row of which something is true that is true of all behind it, too; the rows' number when there is none. */
export function firstWhere<Row>(rows: readonly Row[], isTrue: (row: Row) => boolean): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const row = rows[middle];
    if (row !== undefined && isTrue(row)) to = middle;
    else from = middle + 1;
  }
  return from;
}
