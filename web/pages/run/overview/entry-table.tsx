import { type ReactNode, useMemo, useState } from 'react';
import { SearchField } from '../../../ui/form/field.tsx';
import { Nothing, Section } from '../../../ui/page/section.tsx';
import { useDrawnRows } from '../../../ui/table/drawn-rows.ts';
import { Space } from '../../../ui/table/space.tsx';
import styles from './overview.module.css';

interface Entry {
  readonly key: string;
  readonly cells: readonly ReactNode[];
}

interface Props {
  readonly title: string;
  readonly columns: readonly string[];
  readonly entries: readonly Entry[];
  readonly none: string;
}

/** So many are found by looking. */
const SEARCHED_FROM = 12;
const ROW_HEIGHT = 29;
const ROWS_AROUND = 15;

/** Keys and what they hold, to be searched when they are many; only those in view are drawn. */
export function EntryTable({ title, columns, entries, none }: Props) {
  const [typed, setTyped] = useState('');
  const shown = useMemo(() => {
    const wanted = typed.trim().toLowerCase();
    return wanted === '' ? entries : entries.filter(({ key }) => key.toLowerCase().includes(wanted));
  }, [entries, typed]);
  const rows = { count: shown.length, rowHeight: ROW_HEIGHT, around: ROWS_AROUND };
  const { scroller, indices, above, below } = useDrawnRows(rows);
  return (
    <Section
      title={
        <>
          {title} {entries.length > 0 && <span className={styles.count}>{entries.length.toLocaleString('en-US')}</span>}
        </>
      }
      tools={
        entries.length >= SEARCHED_FROM && (
          <div className={styles.search}>
            <SearchField
              label={`Find in ${title.toLowerCase()}`}
              placeholder="Find"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        )
      }
    >
      {entries.length === 0 ? (
        <Nothing>{none}</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <div ref={scroller} className={styles.scroller} tabIndex={0}>
          <table aria-label={title} className={styles.table} aria-rowcount={shown.length + 1}>
            <thead>
              <tr>
                {columns.map((column, at) => (
                  <th key={column} scope="col" className={classOf(at)}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Space height={above} />
              {indices.map((index) => {
                const entry = shown[index];
                return entry && <EntryRow key={entry.key} entry={entry} columns={columns} index={index} />;
              })}
              <Space height={below} />
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** Columns beyond the third are not shown where the screen is narrow. */
const classOf = (column: number): string | undefined => (column > 2 ? styles.wide : undefined);

interface EntryRowProps {
  readonly entry: Entry;
  readonly columns: readonly string[];
  readonly index: number;
}

function EntryRow({ entry: { key, cells }, columns, index }: EntryRowProps) {
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" title={key}>
        {key}
      </th>
      {cells.map((cell, at) => (
        <td key={columns[at + 1]} className={classOf(at + 1)} title={typeof cell === 'string' ? cell : undefined}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
