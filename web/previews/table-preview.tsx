import { formatCount } from '../ui/format/number.ts';
import { useDrawnRows } from '../ui/table/drawn-rows.ts';
import { Space } from '../ui/table/space.tsx';
import styles from './previews.module.css';
import type { Table } from './read-csv.ts';

const ROW_HEIGHT = 28;
const ROWS_AROUND = 20;
/** More columns than anybody looks at; each row draws all of them. */
const MOST_COLUMNS = 200;

interface Props {
  readonly name: string;
  readonly table: Table;
}

/** The lines of a file as a table; only the rows in view are drawn. */
export function TablePreview({ name, table: { heading, rows } }: Props) {
  const { scroller, indices, above, below } = useDrawnRows({
    count: rows.length,
    rowHeight: ROW_HEIGHT,
    around: ROWS_AROUND,
  });
  // Titles may repeat: a column is known by its place.
  const columns = heading.slice(0, MOST_COLUMNS).map((title, at) => ({ id: `column ${at}`, title, at }));
  return (
    <>
      <p className={styles.cut}>
        {formatCount(rows.length, 'row')}, {formatCount(heading.length, 'column')}
        {heading.length > MOST_COLUMNS && `; the first ${MOST_COLUMNS} columns are shown`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div ref={scroller} className={styles.tableScroller} tabIndex={0}>
        <table aria-label={name} aria-rowcount={rows.length + 1} className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              {columns.map(({ id, title, at }) => (
                <th key={id} scope="col" title={title}>
                  {title || `Column ${at + 1}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space height={above} />
            {indices.map((index) => (
              <tr key={index} aria-rowindex={index + 2}>
                <th scope="row">{index + 1}</th>
                {columns.map(({ id, at }) => {
                  const cell = rows[index]?.[at];
                  return (
                    <td key={id} title={cell} className={isNumber(cell) ? styles.end : undefined}>
                      {cell}
                    </td>
                  );
                })}
              </tr>
            ))}
            <Space height={below} />
          </tbody>
        </table>
      </div>
    </>
  );
}

const isNumber = (cell = ''): boolean => cell.trim() !== '' && Number.isFinite(Number(cell));
