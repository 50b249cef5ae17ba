import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { queryKeys } from '../../api/query-keys.ts';
import { links } from '../../routes/links.ts';
import { Button } from '../../ui/button/button.tsx';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { formatCount, formatNumber } from '../../ui/format/number.ts';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { FirstSteps } from '../../ui/states/first-steps.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { ExperimentNotes } from './experiment-notes.tsx';
import { useKeptColumns } from './kept-columns.ts';
import { NotUpToDate } from './not-up-to-date.tsx';
import styles from './runs.module.css';
import { RunsPanes } from './runs-panes.tsx';
import { type RunsState, runsSchema } from './runs-state.ts';
import { NewRuns, RunsToolbar } from './runs-toolbar.tsx';
import { useExperimentsOf } from './use-experiments-of.ts';
import { useFirstRun } from './use-first-run.ts';
import { useRunCommands } from './use-run-commands.tsx';
import { useRunsView } from './use-runs-view.ts';
import { useSavedView } from './views/use-saved-view.ts';

/** The runs of one or several experiments. */
export function RunsPage() {
  const { experimentIds: text = '' } = useParams<{ experimentIds: string }>();
  const experimentIds = useMemo(() => text.split(',').map(decodeURIComponent).filter(Boolean), [text]);
  // Another experiment is another page: what was typed and dragged on the one before is not carried over.
  return <RunsOf key={text} experimentIds={experimentIds} />;
}

function RunsOf({ experimentIds }: { readonly experimentIds: readonly string[] }) {
  const client = useQueryClient();
  const [state, change] = useUrlState(runsSchema);
  const { experiments, missing, error: experimentError } = useExperimentsOf(experimentIds);
  const names = useMemo(
    () => new Map(experiments.map(({ experimentId, name }) => [experimentId, name])),
    [experiments],
  );
  const title = experimentIds.map((id) => names.get(id) ?? id).join(', ');
  usePageTitle(title);
  useSavedView(state.view);
  useKeptColumns(experimentIds, change);
  const view = useRunsView(experimentIds, state, names);
  const { query, runs, liveCount, count } = view;
  const { ofPage, ofSelection, dialog } = useRunCommands({ experimentIds, state, change, view });
  const { search } = view;
  const showNew = useCallback(() => {
    void client.resetQueries({ queryKey: queryKeys.runSearch(search) });
    void client.resetQueries({ queryKey: queryKeys.newestRuns(search) });
  }, [client, search]);
  const isFirstAwaited = useFirstRun({ experimentIds, view, onNews: showNew });
  const [fresh] = isFirstAwaited && experiments.length === 1 ? experiments : [];
  const [gone] = missing.length === experimentIds.length ? missing : [];
  if (gone !== undefined) {
    const retry = () => void client.refetchQueries({ queryKey: queryKeys.experiments });
    return (
      <>
        <PageHeader title={title} aside={<Link href={links.experiments()}>All experiments</Link>} />
        <Trouble title="No such experiment is here" error={gone.error} onRetry={retry} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={title}
        aside={
          <>
            <Link href={links.experiments()}>All experiments</Link>
            {runs.length > 0 && ` · ${textOfCount(runs.length, query.hasNextPage, count)}`}
            {view.isSortedHere && query.hasNextPage && ' · sorted among those that are loaded'}
            {liveCount > 0 && ` · ${liveCount} live`}
            <NotUpToDate error={view.staleError ?? experimentError} />
          </>
        }
      >
        <ShowSwitch show={state.show} onChange={(show) => change({ show })} />
        {ofPage.map((command) => command.icon && <CommandButton key={command.id} command={command} look="quiet" />)}
      </PageHeader>
      <ExperimentNotes experiments={experiments} missing={missing} />
      <RunsToolbar
        state={state}
        onChange={change}
        keys={view.keys}
        valuesOf={view.valuesOf}
        onWantValues={view.wantValues}
      >
        {state.selected.length > 0 && (
          <>
            <strong>{state.selected.length} chosen</strong>
            {ofSelection.map((command) => (
              <CommandButton key={command.id} command={command} />
            ))}
          </>
        )}
        <NewRuns {...view.newRuns} onShow={showNew} />
      </RunsToolbar>
      {query.data === undefined && query.error === null && <Loading what="the runs" />}
      {query.data === undefined && query.error !== null && (
        <Trouble title="The runs cannot be shown" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {fresh?.stage === 'active' && <FirstSteps experimentName={fresh.name} />}
      {query.data !== undefined && fresh?.stage !== 'active' && (
        <RunsPanes state={state} change={change} view={view} experimentNames={names} />
      )}
      {dialog}
    </>
  );
}

/** How many of how many: the server counts by itself, and may know of more than was loaded, or of fewer, for a moment. */
function textOfCount(loaded: number, hasMore: boolean, count: number | undefined): string {
  if (!hasMore) return formatCount(loaded, 'run');
  if (count === undefined || count <= loaded) return `${formatCount(loaded, 'run')} loaded`;
  return `${formatNumber(loaded)} of ${formatCount(count, 'run')}`;
}

interface SwitchProps {
  readonly show: RunsState['show'];
  readonly onChange: (show: RunsState['show']) => void;
}

/** Shows the table, the charts or both: one of them stays. */
function ShowSwitch({ show, onChange }: SwitchProps) {
  const hasTable = show !== 'charts';
  const hasCharts = show !== 'table';
  return (
    <span className={styles.switch}>
      <Button
        icon="columns"
        look="quiet"
        aria-pressed={hasTable}
        onClick={() => onChange(hasTable && hasCharts ? 'charts' : hasTable ? 'table' : 'both')}
      >
        Table
      </Button>
      <Button icon="chart" look="quiet" aria-pressed={hasCharts} onClick={() => onChange(hasCharts ? 'table' : 'both')}>
        Charts
      </Button>
    </span>
  );
}
