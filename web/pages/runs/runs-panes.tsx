import { type ComponentProps, lazy, Suspense, useCallback, useMemo } from 'react';
import type { Run } from '../../api/runs.ts';
import { chartsSchema } from '../../charts/charts-state.ts';
import { lineIdOfGroup } from '../../charts/maths/lines-of-runs.ts';
import { LineMark } from '../../charts/panels/line-mark.tsx';
import { classes } from '../../ui/classes.ts';
import { Loading } from '../../ui/states/states.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { chartedRuns } from './charted-runs.ts';
import { withItem } from './column-layout.ts';
import { groupLabelOf, type RunRow } from './run-tree.ts';
import styles from './runs.module.css';
import { RunsTable } from './runs-table.tsx';

const ChartsView = lazy(() =>
  import('../../charts/charts-view.tsx').then(({ ChartsView: view }) => ({ default: view })),
);

type Props = Omit<ComponentProps<typeof RunsTable>, 'markOf'>;

/** The table, the charts of its runs, or both beside each other. */
export function RunsPanes(props: Props) {
  const { state, view } = props;
  const { runs: found, rows, groupBy } = view;
  const { runs, note } = useMemo(() => chartedRuns(found, rows, state.selected), [found, rows, state.selected]);
  const groupOf = useMemo(() => groupBy && ((run: Run) => groupLabelOf(run, groupBy)), [groupBy]);
  const markOf = useMarks(runs, groupOf);
  if (state.show === 'table') return <RunsTable {...props} />;
  return (
    <div className={classes(styles.panes, state.show === 'both' && styles.both)}>
      {state.show === 'both' && (
        <div className={styles.tablePane}>
          <RunsTable {...props} markOf={markOf} />
        </div>
      )}
      <Suspense fallback={<Loading what="the charts" />}>
        <ChartsView runs={runs} groupOf={groupOf} note={note} />
      </Suspense>
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
