import { useMemo } from 'react';
import type { Run } from '../api/runs.ts';
import { Button } from '../ui/button/button.tsx';
import { CodeBlock } from '../ui/copy/code-block.tsx';
import { copyText } from '../ui/copy/copy-text.ts';
import { Empty } from '../ui/states/states.tsx';
import { useUrlState } from '../ui/url-state/use-url-state.ts';
import { chartPython } from './chart-python.ts';
import { chartsSchema, xAxisOf } from './charts-state.ts';
import styles from './charts-view.module.css';
import { lineIdOfGroup } from './maths/lines-of-runs.ts';
import { arrangeKeys } from './maths/panel-layout.ts';
import { ChartsToolbar } from './panels/charts-toolbar.tsx';
import { Legend } from './panels/legend.tsx';
import { PanelList, type PanelRun } from './panels/panel-list.tsx';
import { useIsDark } from './plot/use-is-dark.ts';

interface Props {
  readonly runs: readonly Run[];
  /** Which metrics are wanted; all when absent. */
  readonly isWanted?: (key: string) => boolean;
  /** The group of a run, whose mean is drawn then; a line of its own for each run when absent. */
  readonly groupOf?: ((run: Run) => string) | undefined;
  /** Says which runs these are. */
  readonly note?: string | undefined;
}

/** Charts of all metrics of some runs. */
export function ChartsView({ runs, isWanted = anyKey, groupOf, note }: Props) {
  const [state, change] = useUrlState(chartsSchema);
  const isDark = useIsDark();
  const axis = useMemo(() => xAxisOf({ x: state.x }), [state.x]);
  const keys = useMemo(() => keysOf(runs, isWanted), [runs, isWanted]);
  const panelRuns = useMemo(() => runs.map((run) => panelRunOf(run, groupOf)), [runs, groupOf]);
  const entries = useMemo(
    () => [...new Map(panelRuns.map(({ lineId, lineLabel }) => [lineId, { id: lineId, label: lineLabel }])).values()],
    [panelRuns],
  );
  const hiddenIds = useMemo(() => new Set(state.hidden), [state.hidden]);
  if (keys.length === 0) {
    return (
      <Empty title={runs.length === 0 ? 'No run is here to draw' : 'No metric was logged'}>
        <p>Each value that is logged with a step becomes a point of a line:</p>
        <CodeBlock what="the line of Python" code={'mlflow.log_metric("loss", loss, step=epoch)'} />
      </Empty>
    );
  }
  const copyPython = () => {
    const shown = arrangeKeys(keys, state).flatMap((group) => group.keys);
    const runIds = panelRuns.filter(({ lineId }) => !hiddenIds.has(lineId)).map(({ runId }) => runId);
    const charted = { runIds, keys: shown, axis, zoom: state.zoom };
    void copyText(chartPython(window.location.origin, charted), 'the charts as Python');
  };
  const context = { axis, isGrouped: groupOf !== undefined, isDark, hiddenIds, state, change };
  return (
    <div className={styles.view}>
      <ChartsToolbar state={state} change={change} axis={axis} keys={keys} isGrouped={groupOf !== undefined}>
        <Button look="quiet" icon="code" onClick={copyPython}>
          Copy charts as Python
        </Button>
      </ChartsToolbar>
      {note !== undefined && <p className={styles.note}>{note}</p>}
      {entries.length > 1 && (
        <Legend entries={entries} hiddenIds={hiddenIds} onHide={(hidden) => change({ hidden }, 'replace')} />
      )}
      <PanelList keys={keys} runs={panelRuns} context={context} />
    </div>
  );
}

const anyKey = (): boolean => true;

function keysOf(runs: readonly Run[], isWanted: (key: string) => boolean): readonly string[] {
  const keys = new Set<string>();
  for (const { metrics } of runs) for (const key of metrics.keys()) if (isWanted(key)) keys.add(key);
  return [...keys].sort();
}

function panelRunOf(run: Run, groupOf: Props['groupOf']): PanelRun {
  const { runId, runName, status, metrics } = run;
  const label = runName || runId;
  const group = groupOf?.(run);
  return {
    runId,
    label,
    isLive: status === 'RUNNING',
    lineId: group === undefined ? runId : lineIdOfGroup(group),
    lineLabel: group ?? label,
    metrics,
  };
}
