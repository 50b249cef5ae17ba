import { type ComponentProps, useCallback, useMemo } from 'react';
import type { Run, RunSearch } from '../../api/runs.ts';
import { chartsSchema } from '../../charts/charts-state.ts';
import { lineIdOfGroup } from '../../charts/maths/lines-of-runs.ts';
import { coloursAmong } from '../../charts/maths/run-colours.ts';
import { LineMark } from '../../charts/panels/line-mark.tsx';
import { RunColours } from '../../charts/use-colours.ts';
import { Button } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { formatCount } from '../../ui/format/number.ts';
import { quoteText } from '../../ui/format/search-text.ts';
import { late } from '../../ui/late/late.tsx';
import { withItem } from '../../ui/order/order.ts';
import { Loading } from '../../ui/states/states.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { chartedRuns, MOST_OF_TABLE, partOf } from './charted-runs.ts';
import { figurePython, type Shown } from './figure-python.ts';
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
  const { state, view, experimentNames } = props;
  const { runs: found, rows, groupBy } = view;
  const { sort } = state;
  const { count: total } = view;
  const hasMore = view.query.hasNextPage;
  const { runs, note } = useMemo(
    () => chartedRuns(found, rows, state.selected, { total, hasMore, sort }),
    [found, rows, state.selected, total, hasMore, sort],
  );
  const groupOf = useMemo(
    () => groupBy && ((run: Run) => groupLabelOf(run, groupBy, experimentNames)),
    [groupBy, experimentNames],
  );
  const isOfFew = state.chart === 'lines' || state.chart === 'images';
  const { markOf, isHidden, showAll } = useMarks(isOfFew ? runs : found, groupOf);
  const drawn = useMemo(
    () => (isOfFew ? runs : found).filter((run) => !isHidden(run)),
    [isOfFew, runs, found, isHidden],
  );
  const hiddenCount = (isOfFew ? runs : found).length - drawn.length;
  const part = partOf(found.length, found.length, { total, hasMore, sort });
  const most = hasMore ? found.length : undefined;
  const python = (shown: Shown, runIds?: readonly string[]) =>
    figurePython(window.location.origin, {
      search: runIds === undefined ? view.search : searchOfIds(view.search, runIds),
      sort,
      most: runIds === undefined ? most : undefined,
      hidden: runIds === undefined ? idsOf(found.filter(isHidden)) : [],
      shown,
    });
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
          {state.chart !== 'lines' && hiddenCount > 0 && (
            <p className={styles.hidden}>
              {formatCount(hiddenCount, 'run')} of these {hiddenCount === 1 ? 'is' : 'are'} hidden.
              <Button look="quiet" onClick={showAll}>
                Show all
              </Button>
            </p>
          )}
          {state.chart === 'lines' ? (
            <ChartsView runs={runs} groupOf={groupOf} note={note} />
          ) : state.chart === 'parallel' ? (
            <ParallelView
              runs={drawn}
              part={part}
              python={(columns) => python({ kind: 'parallel', columns })}
              columns={view.columns}
              selected={state.selected}
              onSelect={(selected) => props.change({ selected })}
              brushes={state.brushes}
              onBrush={(brushes) => props.change({ brushes }, 'replace')}
            />
          ) : state.chart === 'images' ? (
            <ImagesView
              runs={drawn}
              note={note}
              state={state}
              change={props.change}
              python={(key) => python({ kind: 'images', key }, idsOf(drawn))}
            />
          ) : (
            <FigureView
              kind={state.chart}
              runs={drawn}
              keys={view.keys}
              state={state}
              change={props.change}
              part={part}
              python={python}
            />
          )}
        </div>
      </div>
    </RunColours>
  );
}

const idsOf = (runs: readonly Run[]): readonly string[] => runs.map(({ runId }) => runId);

/** Just these of the runs that a search finds. */
const searchOfIds = (search: RunSearch, runIds: readonly string[]): RunSearch => ({
  ...search,
  filter: `attributes.run_id IN (${runIds.map(quoteText).join(', ')})`,
});

/** The runs at the top keep their colours whatever is chosen besides. */
function coloursOf(found: readonly Run[], drawn: readonly Run[], groupOf: ((run: Run) => string) | undefined) {
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

/** Marks the rows of runs that are drawn with their colours; a click hides them, or their group, in every chart. */
function useMarks(runs: readonly Run[], groupOf: ((run: Run) => string) | undefined) {
  const [{ hidden }, change] = useUrlState(chartsSchema);
  const idOf = useCallback((run: Run) => (groupOf === undefined ? run.runId : lineIdOfGroup(groupOf(run))), [groupOf]);
  const ids = useMemo(() => new Set(runs.map(idOf)), [runs, idOf]);
  const hiddenIds = useMemo(() => new Set(hidden), [hidden]);
  const isHidden = useCallback((run: Run) => hiddenIds.has(idOf(run)), [hiddenIds, idOf]);
  const markOf = useCallback(
    (row: RunRow) => {
      const id = row.kind === 'run' ? row.run.runId : groupOf && row.runs[0] && lineIdOfGroup(groupOf(row.runs[0]));
      if (id === undefined || !ids.has(id)) return null;
      const isOff = hiddenIds.has(id);
      const hide = () => change({ hidden: withItem(hidden, id, !isOff) }, 'replace');
      return <LineMark id={id} label={row.label} isHidden={isOff} onToggle={hide} />;
    },
    [ids, groupOf, hidden, hiddenIds, change],
  );
  const showAll = () => change({ hidden: [] }, 'replace');
  return { markOf, isHidden, showAll };
}
