import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { Run } from '../../api/runs.ts';
import { useWidth } from '../../grid/use-width.ts';
import { Icon } from '../../ui/icon/icon.tsx';
import type { ChartRun } from '../maths/lines-of-runs.ts';
import { arrangeKeys, columnsWithin, type KeyGroup, layOutPanels, type PanelRow } from '../maths/panel-layout.ts';
import { ChartPanel, type PanelContext } from './chart-panel.tsx';
import styles from './panels.module.css';

const ROWS_AROUND = 1;
const NO_HEIGHT = 0;

/** A run of the charts, with the metrics it logged. */
export interface PanelRun extends ChartRun {
  readonly metrics: Run['metrics'];
}

interface Props {
  readonly keys: readonly string[];
  readonly runs: readonly PanelRun[];
  readonly context: PanelContext;
}

/** A chart for each metric, under the beginnings of their names; only those in view are drawn and asked for. */
export function PanelList({ keys, runs, context }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = columnsWithin(useWidth(scroller));
  const { find, panels, only, folded: foldedIds } = context.state;
  const groups = useMemo(() => arrangeKeys(keys, { find, panels, only }), [keys, find, panels, only]);
  const folded = useMemo(() => new Set(foldedIds), [foldedIds]);
  const rows = useMemo(() => layOutPanels({ groups, folded, columns }), [groups, folded, columns]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]?.height ?? NO_HEIGHT,
    overscan: ROWS_AROUND,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what is measured anew.
  useEffect(() => virtualizer.measure(), [virtualizer, rows]);
  const fold = (id: string, isFolded: boolean) => {
    const others = foldedIds.filter((each) => each !== id);
    context.change({ folded: isFolded ? [...others, id] : others }, 'replace');
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={scroller} className={styles.list} aria-label="Charts" tabIndex={0}>
      {rows.length === 0 && <p className={styles.none}>No metric has “{find}” in its name.</p>}
      <div className={styles.sheet} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <div key={key} className={styles.row} style={{ height: row.height, transform: `translateY(${start}px)` }}>
                <RowContents row={row} runs={runs} context={context} folded={folded} columns={columns} onFold={fold} />
              </div>
            )
          );
        })}
      </div>
    </section>
  );
}

interface RowProps extends Omit<Props, 'keys'> {
  readonly row: PanelRow;
  readonly folded: ReadonlySet<string>;
  readonly columns: number;
  readonly onFold: (id: string, isFolded: boolean) => void;
}

function RowContents({ row, runs, context, folded, columns, onFold }: RowProps) {
  if (row.kind === 'heading') return <GroupHeading group={row.group} isOpen={row.isOpen} onFold={onFold} />;
  return (
    <div className={styles.panels} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {row.keys.map((key) => (
        <MetricPanel
          key={key}
          metricKey={key}
          runs={runs}
          context={context}
          isFolded={folded.has(key)}
          onFold={(isFolded) => onFold(key, isFolded)}
        />
      ))}
    </div>
  );
}

interface MetricProps extends Pick<Props, 'runs' | 'context'> {
  readonly metricKey: string;
  readonly isFolded: boolean;
  readonly onFold: (isFolded: boolean) => void;
}

function MetricPanel({ metricKey, runs, ...rest }: MetricProps) {
  const having = useMemo(() => runs.filter(({ metrics }) => metrics.has(metricKey)), [runs, metricKey]);
  return <ChartPanel metricKey={metricKey} runs={having} {...rest} />;
}

interface HeadingProps {
  readonly group: KeyGroup;
  readonly isOpen: boolean;
  readonly onFold: (id: string, isFolded: boolean) => void;
}

function GroupHeading({ group: { id, title, keys }, isOpen, onFold }: HeadingProps) {
  return (
    <h2 className={styles.heading}>
      <button type="button" aria-expanded={isOpen} onClick={() => onFold(id, isOpen)}>
        <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
        {title} <span className={styles.count}>{keys.length.toLocaleString('en-US')}</span>
      </button>
    </h2>
  );
}
