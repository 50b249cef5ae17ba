import { Fragment, type ReactNode, useMemo } from 'react';
import { classes } from '../ui/classes.ts';
import { useDrawnRows } from '../ui/table/drawn-rows.ts';
import { Space } from '../ui/table/space.tsx';
import { type ComparedGroup, type ComparedRow, shortNumbers } from './compare-values.ts';
import styles from './comparison.module.css';

const ROW_HEIGHT = 30;
const ROWS_AROUND = 20;

interface Column {
  readonly id: string;
  readonly heading: ReactNode;
}

interface Props {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly groups: readonly ComparedGroup[];
  /** Whether what is the same is left out: then an empty group says so. */
  readonly onlyDifferent: boolean;
}

type Line =
  | { readonly kind: 'title'; readonly id: string; readonly text: string }
  | { readonly kind: 'none'; readonly id: string; readonly text: string }
  | { readonly kind: 'row'; readonly id: string; readonly row: ComparedRow; readonly isNumeric: boolean };

/** Things side by side, a column each; only the rows in view are drawn. */
export function ComparisonTable({ label, columns, groups, onlyDifferent }: Props) {
  const lines = useMemo(() => groups.flatMap((group) => linesOf(group, onlyDifferent)), [groups, onlyDifferent]);
  const rows = { count: lines.length, rowHeight: ROW_HEIGHT, around: ROWS_AROUND };
  const { scroller, indices, above, below } = useDrawnRows(rows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div ref={scroller} className={styles.scroller} tabIndex={0}>
      <table aria-label={label} aria-rowcount={lines.length + 1} className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            {columns.map(({ id, heading }) => (
              <th key={id} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={above} />
          {indices.map((index) => {
            const line = lines[index];
            return (
              <Fragment key={line?.id}>{line && <DrawnLine line={line} index={index} columns={columns} />}</Fragment>
            );
          })}
          <Space height={below} />
        </tbody>
      </table>
    </div>
  );
}

function linesOf({ title, what, rows, isNumeric = false }: ComparedGroup, onlyDifferent: boolean): readonly Line[] {
  const heading: Line = { kind: 'title', id: title, text: title };
  if (rows.length === 0)
    return [
      heading,
      { kind: 'none', id: `${title} none`, text: onlyDifferent ? `No ${what} differs.` : `No ${what}.` },
    ];
  return [heading, ...rows.map((row): Line => ({ kind: 'row', id: `${title} ${row.key}`, row, isNumeric }))];
}

interface DrawnLineProps {
  readonly line: Line;
  readonly index: number;
  readonly columns: readonly Column[];
}

function DrawnLine({ line, index, columns }: DrawnLineProps) {
  if (line.kind !== 'row') {
    return (
      <tr aria-rowindex={index + 2} className={styles[line.kind]}>
        <th scope={line.kind === 'title' ? 'rowgroup' : 'row'} colSpan={columns.length + 1}>
          <span>{line.text}</span>
        </th>
      </tr>
    );
  }
  const { key, values, isDifferent } = line.row;
  const texts = line.isNumeric ? shortNumbers(values) : values;
  return (
    <tr aria-rowindex={index + 2} className={classes(isDifferent && styles.different)}>
      <th scope="row" title={key}>
        {key}
      </th>
      {columns.map(({ id }, at) => (
        <td key={id} title={values[at]}>
          {texts[at] ?? <span className={styles.absent}>–</span>}
        </td>
      ))}
    </tr>
  );
}
