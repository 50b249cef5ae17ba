import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { type Experiment, getExperiment, NOTE_TAG } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { links } from '../../routes/links.ts';
import { Button } from '../../ui/button/button.tsx';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { formatCount, formatNumber } from '../../ui/format/number.ts';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { useKeptColumns } from './kept-columns.ts';
import styles from './runs.module.css';
import { RunsPanes } from './runs-panes.tsx';
import { type RunsState, runsSchema } from './runs-state.ts';
import { NewRuns, RunsToolbar } from './runs-toolbar.tsx';
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
  const experiments = useExperimentsOf(experimentIds);
  const names = useMemo(
    () => new Map(experiments.map(({ experimentId, name }) => [experimentId, name])),
    [experiments],
  );
  const title = experimentIds.map((id) => names.get(id) ?? id).join(', ');
  usePageTitle(title);
  useSavedView(state.view);
  useKeptColumns(experimentIds, change);
  const view = useRunsView(experimentIds, state);
  const { query, runs, liveCount, count } = view;
  const { ofPage, ofSelection, dialog } = useRunCommands({ experimentIds, state, change, view });
  const [only] = experimentIds.length === 1 ? experiments : [];
  const note = only?.tags.get(NOTE_TAG);
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
          </>
        }
      >
        <ShowSwitch show={state.show} onChange={(show) => change({ show })} />
        {ofPage.map((command) => command.icon && <CommandButton key={command.id} command={command} look="quiet" />)}
      </PageHeader>
      {note !== undefined && note.trim() !== '' && (
        <details className={styles.note}>
          <summary>Note</summary>
          <Markdown text={note} />
        </details>
      )}
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
        <NewRuns
          count={view.newCount}
          onShow={() => void client.resetQueries({ queryKey: queryKeys.runSearch(view.search) })}
        />
      </RunsToolbar>
      {query.data === undefined && query.error === null && <Loading what="the runs" />}
      {query.data === undefined && query.error !== null && (
        <Trouble title="The runs cannot be shown" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && <RunsPanes state={state} change={change} view={view} experimentNames={names} />}
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

/** The experiments by their ids, as they come in; one that is not there any more is left out. */
function useExperimentsOf(experimentIds: readonly string[]): readonly Experiment[] {
  return useQueries({
    queries: experimentIds.map((experimentId) => ({
      queryKey: queryKeys.experiment(experimentId),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => getExperiment(experimentId, signal),
    })),
    combine: experimentsOf,
  });
}

const experimentsOf = (results: readonly { readonly data: Experiment | undefined }[]): readonly Experiment[] =>
  results.map(({ data }) => data).filter((experiment) => experiment !== undefined);
