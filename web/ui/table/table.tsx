import type { ReactNode } from 'react';
import styles from './table.module.css';

interface Row {
  readonly id: string;
  /** A cell for each column, the first of which names the row. */
  readonly cells: readonly ReactNode[];
}

interface Props {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** A few rows, all of them drawn: for what grows long there is the grid. Where the screen is narrow the cells of a row stand below each other. */
export function Table({ label, columns, rows }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={styles.scroller} tabIndex={0}>
      <table aria-label={label} className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-column={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells: [name, ...cells] }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={columns[at + 1]} data-column={columns[at + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
