import { useId, useMemo, useRef } from 'react';
import type { Run } from '../../../api/runs.ts';
import { Button } from '../../../ui/button/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { formatCount } from '../../../ui/format/number.ts';
import { Empty } from '../../../ui/states/states.tsx';
import frame from '../chart-frame.module.css';
import { ChartMenu } from '../chart-menu.tsx';
import type { Brushes } from './brushes.ts';
import styles from './parallel.module.css';
import { brushedRuns, MOST_AXES, parallelAxes } from './parallel-axes.ts';
import { parallelCsv } from './parallel-csv.ts';
import { ParallelPlot } from './parallel-plot.tsx';

interface Props {
  readonly runs: readonly Run[];
  /** Those of the table: its metrics and params are the axes. */
  readonly columns: readonly string[];
  readonly selected: readonly string[];
  readonly onSelect: (runIds: readonly string[]) => void;
  readonly brushes: Brushes;
  readonly onBrush: (brushes: Brushes) => void;
  /** Which part of all runs these are; undefined when they are all. */
  readonly part: string | undefined;
  /** The lines of Python that give the runs and some columns. */
  readonly python: (columns: readonly string[]) => string;
}

/** Which params lead to which metrics: all runs of the table across its columns. What is brushed can be chosen. */
export function ParallelView({ runs, columns, selected, onSelect, brushes, onBrush, part, python }: Props) {
  const id = useId();
  const columnsText = columns.join('\n');
  const view = useRef<HTMLDivElement>(null);
  const all = useMemo(() => parallelAxes(runs, columnsText.split('\n')), [runs, columnsText]);
  const axes = useMemo(() => all.slice(0, MOST_AXES), [all]);
  const brushed = useMemo(() => brushedRuns(runs, axes, brushes), [runs, axes, brushes]);
  const chosenIds = useMemo(() => new Set(selected), [selected]);
  if (axes.length < 2) {
    return (
      <Empty title="There are too few columns to compare">
        <p>Each metric and param that the table shows becomes an axis. Choose two or more with Columns.</p>
      </Empty>
    );
  }
  const isBrushed = brushed.length < runs.length;
  return (
    <div ref={view} className={frame.view}>
      <div className={classes(frame.bar, styles.bar)}>
        <p id={id}>
          {formatCount(runs.length, 'run')} across {axes.map(({ title }) => title).join(', ')}. Drag along an axis to
          pick out runs.
          {axes.length < all.length && ` The first ${axes.length} of ${all.length} columns.`}
          {part !== undefined && ` Of ${part}: those that are loaded.`}
        </p>
        <ChartMenu
          name="Parallel coordinates"
          drawnIn={view}
          python={() => python(axes.map((axis) => axis.id))}
          csv={() => parallelCsv(brushed, runs, axes)}
        />
        {isBrushed && (
          <Button look="primary" onClick={() => onSelect(brushed.map(({ runId }) => runId))}>
            {`Choose ${formatCount(brushed.length, 'run')}`}
          </Button>
        )}
      </div>
      <ParallelPlot
        label="Parallel coordinates"
        descriptionId={id}
        runs={runs}
        axes={axes}
        chosenIds={chosenIds}
        brushes={brushes}
        onBrush={onBrush}
      />
    </div>
  );
}
