import { memo, type ReactNode, useMemo } from 'react';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon/icon.tsx';
import { useDrawnRows } from '../ui/table/drawn-rows.ts';
import { Space } from '../ui/table/space.tsx';
import { type ComparedGroup, type ComparedRow, hasLongTexts, shortNumbers } from './compare-values.ts';
import styles from './comparison.module.css';
import { useDrawnColumns } from './use-drawn-columns.ts';

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
  /** Lays long texts of a row over each other; `title` is that of its group. */
  readonly onCompareTexts?: (title: string, key: string) => void;
}

type Line =
  | { readonly kind: 'title'; readonly id: string; readonly text: string }
  | { readonly kind: 'none'; readonly id: string; readonly text: string }
  | RowLine;

interface RowLine {
  readonly kind: 'row';
  readonly id: string;
  /** Of its group. */
  readonly title: string;
  readonly row: ComparedRow;
  readonly isNumeric: boolean;
}

/** Things side by side, a column each; only the rows and columns in view are drawn. */
export function ComparisonTable({ label, columns, groups, onlyDifferent, onCompareTexts }: Props) {
  const lines = useMemo(() => groups.flatMap((group) => linesOf(group, onlyDifferent)), [groups, onlyDifferent]);
  const rows = { count: lines.length, rowHeight: ROW_HEIGHT, around: ROWS_AROUND };
  const { scroller, indices, above, below } = useDrawnRows(rows);
  const { nameWidth, columnWidth, first, end } = useDrawnColumns(scroller, columns.length);
  const count = columns.length;
  const drawn = { count, first, end, onCompareTexts };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div ref={scroller} className={styles.scroller} tabIndex={0}>
      <table
        aria-label={label}
        aria-rowcount={lines.length + 1}
        aria-colcount={count + 1}
        className={styles.table}
        style={{ width: nameWidth + count * columnWidth }}
      >
        <colgroup>
          <col style={{ width: nameWidth }} />
          <col span={count} style={{ width: columnWidth }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <Skipped count={first} />
            {columns.slice(first, end).map(({ id, heading }, at) => (
              <th key={id} scope="col" aria-colindex={first + at + 2}>
                {heading}
              </th>
            ))}
            <Skipped count={count - end} />
          </tr>
        </thead>
        <tbody>
          <Space height={above} />
          {indices.map((index) => {
            const line = lines[index];
            return line && <DrawnLine key={line.id} line={line} index={index} {...drawn} />;
          })}
          <Space height={below} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the cells of columns that are not drawn. */
function Skipped({ count }: { readonly count: number }) {
  return count > 0 && <td colSpan={count} aria-hidden="true" />;
}

function linesOf({ title, what, rows, isNumeric = false }: ComparedGroup, onlyDifferent: boolean): readonly Line[] {
  const heading: Line = { kind: 'title', id: title, text: title };
  if (rows.length === 0)
    return [
      heading,
      { kind: 'none', id: `${title} none`, text: onlyDifferent ? `No ${what} differs.` : `No ${what}.` },
    ];
  return [heading, ...rows.map((row): Line => ({ kind: 'row', id: `${title} ${row.key}`, title, row, isNumeric }))];
}

interface DrawnLineProps {
  readonly line: Line;
  readonly index: number;
  readonly count: number;
  readonly first: number;
  readonly end: number;
  readonly onCompareTexts: Props['onCompareTexts'];
}

/** Drawn anew only when it changes: a table that scrolls draws some of its rows, and a row of hundreds of numbers takes its time. */
const DrawnLine = memo(function DrawnLine({ line, ...rest }: DrawnLineProps) {
  if (line.kind === 'row') return <DrawnValues line={line} {...rest} />;
  const { index, count } = rest;
  return (
    <tr aria-rowindex={index + 2} className={styles[line.kind]}>
      <th scope={line.kind === 'title' ? 'rowgroup' : 'row'} colSpan={count + 1}>
        <span>{line.text}</span>
      </th>
    </tr>
  );
});

interface DrawnValuesProps extends DrawnLineProps {
  readonly line: RowLine;
}

function DrawnValues({ line, index, count, first, end, onCompareTexts }: DrawnValuesProps) {
  const { title, row, isNumeric } = line;
  const { key, values, isDifferent } = row;
  const texts = useMemo(() => (isNumeric ? shortNumbers(values) : values), [isNumeric, values]);
  return (
    <tr aria-rowindex={index + 2} className={classes(isDifferent && styles.different)}>
      <th scope="row" title={key}>
        {onCompareTexts && !isNumeric && hasLongTexts(row) ? (
          <button
            type="button"
            className={styles.texts}
            aria-haspopup="dialog"
            title={`Show what differs in ${key}`}
            onClick={() => onCompareTexts(title, key)}
          >
            <Icon name="compare" />
            {key}
          </button>
        ) : (
          key
        )}
      </th>
      <Skipped count={first} />
      {texts.slice(first, end).map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
        <td key={first + at} aria-colindex={first + at + 2} title={values[first + at]}>
          {text ?? <span className={styles.absent}>–</span>}
        </td>
      ))}
      <Skipped count={count - end} />
    </tr>
  );
}
