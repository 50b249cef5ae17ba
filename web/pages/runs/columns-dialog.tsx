import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { Button } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { SearchField } from '../../ui/form/field.tsx';
import { formatCount } from '../../ui/format/number.ts';
import rows from '../../ui/rows/rows.module.css';
import { ALL_OF, ATTRIBUTES, formatColumnId, KEYED_KINDS } from './column-id.ts';
import { expandColumns, withColumn } from './column-list.ts';
import styles from './columns-dialog.module.css';
import { columnsOfKeys, type KeyCatalogue } from './key-catalogue.ts';

interface Props {
  /** As they stand in the URL: `metrics.*` may be among them. */
  readonly columns: readonly string[];
  readonly keys: KeyCatalogue;
  /** Whether those that are the same for all runs are hidden. */
  readonly isDiffering: boolean;
  readonly hiddenCount: number;
  readonly onDiffering: (isDiffering: boolean) => void;
  readonly onChange: (columns: readonly string[]) => void;
  readonly onReset: () => void;
  readonly onClose: () => void;
}

interface Line {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
}

const ALL_TITLES = { metric: 'All metrics', param: 'All params', tag: 'All tags' } as const;
const LINE_HEIGHT = 28;

/** Chooses the columns of the table, out of however many there are. */
export function ColumnsDialog(props: Props) {
  const { columns, keys, isDiffering, hiddenCount, onDiffering, onChange, onReset, onClose } = props;
  const [typed, setTyped] = useState('');
  const lines = useMemo(() => matching(linesOf(keys), typed), [keys, typed]);
  const shown = useMemo(() => new Set([...columns, ...expandColumns(columns, keys)]), [columns, keys]);
  const toggle = (id: string, isShown: boolean) => onChange(withColumn({ columns, keys }, id, isShown));
  return (
    <Dialog title="Columns" onClose={onClose}>
      <SearchField
        label="Find a column"
        placeholder="Find a metric, param, tag or attribute"
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <LineList lines={lines} shown={shown} onToggle={toggle} />
      <label className={styles.differing}>
        <input type="checkbox" checked={isDiffering} onChange={(event) => onDiffering(event.target.checked)} />
        Only what differs
        <span className={styles.hidden}>
          {hiddenCount > 0 && `${formatCount(hiddenCount, 'column')} hidden: the same in all runs that are loaded`}
        </span>
      </label>
      <div className={styles.buttons}>
        <Button look="quiet" onClick={onReset}>
          Choose automatically
        </Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

function linesOf(keys: KeyCatalogue): readonly Line[] {
  return [
    ...KEYED_KINDS.filter((kind) => keys[kind].length > 0).map((kind) => ({
      id: ALL_OF[kind],
      text: ALL_TITLES[kind],
      kind: `${keys[kind].length}`,
    })),
    ...ATTRIBUTES.map(({ name, title }) => ({ id: name, text: title, kind: 'attribute' })),
    ...columnsOfKeys(keys).map((id) => ({ id: formatColumnId(id), text: id.key, kind: id.kind })),
  ];
}

function matching(lines: readonly Line[], typed: string): readonly Line[] {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' ? lines : lines.filter(({ text }) => text.toLowerCase().includes(wanted));
}

interface LineListProps {
  readonly lines: readonly Line[];
  readonly shown: ReadonlySet<string>;
  readonly onToggle: (id: string, isShown: boolean) => void;
}

function LineList({ lines, shown, onToggle }: LineListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 10,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> does not scroll.
    <div ref={scroller} className={styles.scroller} role="group" aria-label="Columns to show">
      {lines.length === 0 && <p className={styles.none}>Nothing is called that in these runs.</p>}
      <div className={rows.sheet} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return (
            line && (
              <label
                key={line.id}
                className={classes(rows.row, styles.line)}
                style={{ transform: `translateY(${start}px)` }}
              >
                <input
                  type="checkbox"
                  checked={shown.has(line.id)}
                  onChange={(event) => onToggle(line.id, event.target.checked)}
                />
                <span className={rows.text} title={line.text}>
                  {line.text}
                </span>
                <span className={rows.aside}>{line.kind}</span>
              </label>
            )
          );
        })}
      </div>
    </div>
  );
}
