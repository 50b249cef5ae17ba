import { useId, useMemo } from 'react';
import type { Run } from '../../../api/runs.ts';
import { Button } from '../../../ui/button/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { formatCount } from '../../../ui/format/number.ts';
import { Empty } from '../../../ui/states/states.tsx';
import frame from '../chart-frame.module.css';
import type { Brushes } from './brushes.ts';
import styles from './parallel.module.css';
import { brushedRuns, parallelAxes } from './parallel-axes.ts';
import { ParallelPlot } from './parallel-plot.tsx';

interface Props {
  readonly runs: readonly Run[];
  /** Those of the table: its metrics and params are the axes. */
  readonly columns: readonly string[];
  readonly selected: readonly string[];
  readonly onSelect: (runIds: readonly string[]) => void;
  readonly brushes: Brushes;
  readonly onBrush: (brushes: Brushes) => void;
}

/** Which params lead to which metrics: all runs of the table across its columns. What is brushed can be chosen. */
export function ParallelView({ runs, columns, selected, onSelect, brushes, onBrush }: Props) {
  const id = useId();
  const columnsText = columns.join('\n');
  const axes = useMemo(() => parallelAxes(runs, columnsText.split('\n')), [runs, columnsText]);
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
    <div className={frame.view}>
      <div className={classes(frame.bar, styles.bar)}>
        <p id={id}>
          {formatCount(runs.length, 'run')} across {axes.map(({ title }) => title).join(', ')}. Drag along an axis to
          pick out runs.
        </p>
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
