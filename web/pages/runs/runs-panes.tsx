import { type ComponentProps, useCallback, useMemo } from 'react';
import type { Run } from '../../api/runs.ts';
import { chartsSchema } from '../../charts/charts-state.ts';
import { lineIdOfGroup } from '../../charts/maths/lines-of-runs.ts';
import { coloursAmong } from '../../charts/maths/run-colours.ts';
import { LineMark } from '../../charts/panels/line-mark.tsx';
import { RunColours } from '../../charts/use-colours.ts';
import { Button } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { late } from '../../ui/late/late.tsx';
import { withItem } from '../../ui/order/order.ts';
import { Loading } from '../../ui/states/states.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { chartedRuns, MOST_OF_TABLE } from './charted-runs.ts';
import { groupLabelOf, type RunRow } from './run-tree.ts';
import styles from './runs.module.css';
import type { RunsState } from './runs-state.ts';
import { RunsTable } from './runs-table.tsx';

const drawWaiting = () => <Loading what="the charts" />;
const ChartsView = late(() => import('../../charts/charts-view.tsx').then((part) => part.ChartsView), drawWaiting);
const ParallelView = late(() => import('./parallel/parallel-view.tsx').then((part) => part.ParallelView), drawWaiting);
const ImagesView = late(() => import('./images/images-view.tsx').then((part) => part.ImagesView), drawWaiting);
const FigureView = late(() => import('./figures/figure-view.tsx').then((part) => part.FigureView), drawWaiting);

type Props = Omit<ComponentProps<typeof RunsTable>, 'markOf'>;

/** The table, the charts of its runs, or both beside each other. */
export function RunsPanes(props: Props) {
  const { state, view } = props;
  const { runs: found, rows, groupBy } = view;
  const { runs, note } = useMemo(() => chartedRuns(found, rows, state.selected), [found, rows, state.selected]);
  const groupOf = useMemo(() => groupBy && ((run: Run) => groupLabelOf(run, groupBy)), [groupBy]);
  const markOf = useMarks(runs, groupOf);
  const colours = useMemo(() => coloursOf(found, runs, groupOf), [found, runs, groupOf]);
  if (state.show === 'table') return <RunsTable {...props} />;
  return (
    <RunColours value={colours}>
      <div className={classes(styles.panes, state.show === 'both' && styles.both)}>
        {state.show === 'both' && (
          <div className={styles.tablePane}>
            <RunsTable {...props} markOf={markOf} />
          </div>
        )}
        <div className={styles.chartPane}>
          <ChartKinds chart={state.chart} onChange={(chart) => props.change({ chart })} />
          {state.chart === 'lines' ? (
            <ChartsView runs={runs} groupOf={groupOf} note={note} />
          ) : state.chart === 'parallel' ? (
            <ParallelView
              runs={found}
              columns={view.columns}
              selected={state.selected}
              onSelect={(selected) => props.change({ selected })}
              brushes={state.brushes}
              onBrush={(brushes) => props.change({ brushes }, 'replace')}
            />
          ) : state.chart === 'images' ? (
            <ImagesView runs={runs} note={note} state={state} change={props.change} />
          ) : (
            <FigureView
              kind={state.chart}
              runs={found}
              keys={view.keys}
              state={state}
              change={props.change}
              hasMore={view.query.hasNextPage}
            />
          )}
        </div>
      </div>
    </RunColours>
  );
}

/** The runs at the top keep their colours whatever is chosen besides. */
function coloursOf(found: readonly Run[], drawn: readonly Run[], groupOf: ((run: Run) => string) | undefined) {
  const idsOf = (runs: readonly Run[]) => runs.map(({ runId }) => runId);
  const groups = groupOf === undefined ? [] : drawn.map((run) => lineIdOfGroup(groupOf(run)));
  return coloursAmong([groups, idsOf(found.slice(0, MOST_OF_TABLE)), idsOf(drawn)]);
}

interface KindsProps {
  readonly chart: RunsState['chart'];
  readonly onChange: (chart: RunsState['chart']) => void;
}

const KINDS = [
  { chart: 'lines', title: 'Lines' },
  { chart: 'parallel', title: 'Parallel coordinates' },
  { chart: 'scatter', title: 'Scatter' },
  { chart: 'bar', title: 'Bars' },
  { chart: 'box', title: 'Boxes' },
  { chart: 'contour', title: 'Contour' },
  { chart: 'importance', title: 'What matters' },
  { chart: 'images', title: 'Images' },
] as const;

/** Which charts are drawn of the runs. */
function ChartKinds({ chart: shown, onChange }: KindsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for forms.
    <div role="group" aria-label="Kind of chart" className={styles.kinds}>
      {KINDS.map(({ chart, title }) => (
        <Button key={chart} look="quiet" aria-pressed={chart === shown} onClick={() => onChange(chart)}>
          {title}
        </Button>
      ))}
    </div>
  );
}

/** Marks the rows whose lines are drawn with their colours; a click hides the line. */
function useMarks(runs: readonly Run[], groupOf: ((run: Run) => string) | undefined) {
  const [{ hidden }, change] = useUrlState(chartsSchema);
  const ids = useMemo(
    () => new Set(runs.map((run) => (groupOf === undefined ? run.runId : lineIdOfGroup(groupOf(run))))),
    [runs, groupOf],
  );
  return useCallback(
    (row: RunRow) => {
      const id = row.kind === 'run' ? row.run.runId : groupOf && row.runs[0] && lineIdOfGroup(groupOf(row.runs[0]));
      if (id === undefined || !ids.has(id)) return null;
      const isHidden = hidden.includes(id);
      const hide = () => change({ hidden: withItem(hidden, id, !isHidden) }, 'replace');
      return <LineMark id={id} label={row.label} isHidden={isHidden} onToggle={hide} />;
    },
    [ids, groupOf, hidden, change],
  );
}
