import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { queryKeys } from '../../api/query-keys.ts';
import { getRun, type Run } from '../../api/runs.ts';
import { shownGroups } from '../../comparison/compare-values.ts';
import { ComparisonTable } from '../../comparison/comparison-table.tsx';
import { ComparisonTools, comparisonSchema } from '../../comparison/comparison-tools.tsx';
import { links } from '../../routes/links.ts';
import { IconButton } from '../../ui/button/button.tsx';
import type { Command } from '../../ui/commands/command.ts';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { copyText } from '../../ui/copy/copy-text.ts';
import { formatCount } from '../../ui/format/number.ts';
import { quoteText } from '../../ui/format/search-text.ts';
import { PageHeader, Toolbar } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty, Loading, Trouble } from '../../ui/states/states.tsx';
import { StatusMark } from '../../ui/status/run-status.tsx';
import { listField } from '../../ui/url-state/url-state.ts';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { pythonSnippet } from '../runs/python-snippet.ts';
import styles from './compare-runs.module.css';
import { runGroups } from './run-groups.ts';

const schema = { runs: listField(), ...comparisonSchema } as const;

/** Runs side by side: first what differs between them. */
export function CompareRunsPage() {
  usePageTitle('Compare runs');
  const [{ runs: runIds, differences, find }, change] = useUrlState(schema);
  const { runs, error, refetch, isPending } = useRunsById(runIds);
  const groups = useMemo(() => runGroups(runs), [runs]);
  const shown = useMemo(
    () => shownGroups(groups, { onlyDifferent: differences, typed: find }),
    [groups, differences, find],
  );
  const columns = useMemo(
    () =>
      runs.map((run) => ({
        id: run.runId,
        heading: (
          <RunHeading run={run} onRemove={() => change({ runs: runIds.filter((runId) => runId !== run.runId) })} />
        ),
      })),
    [runs, runIds, change],
  );
  const commands = useMemo<readonly Command[]>(() => {
    const experimentIds = [...new Set(runs.map(({ experimentId }) => experimentId))];
    const filter = `attributes.run_id IN (${runs.map(({ runId }) => quoteText(runId)).join(', ')})`;
    const snippet = pythonSnippet(window.location.origin, { experimentIds, filter, orderBy: [], view: 'ALL' });
    return [
      {
        id: 'differences',
        title: differences ? 'Show all rows' : 'Show only what differs',
        shortcut: 'd',
        run: () => change({ differences: !differences }, 'replace'),
      },
      { id: 'python', title: 'Copy as Python', icon: 'code', run: () => void copyText(snippet, 'the runs as Python') },
    ];
  }, [runs, differences, change]);
  useCommands('Compare', commands);
  if (runIds.length < 2) {
    return (
      <>
        <PageHeader title="Compare runs" />
        <Empty title="Choose two runs or more">
          <p>
            In the table of <Link href={links.experiments()}>an experiment</Link>, choose runs with <kbd>x</kbd> and
            compare them with <kbd>c</kbd>.
          </p>
        </Empty>
      </>
    );
  }
  const [python] = commands.filter(({ id }) => id === 'python');
  return (
    <>
      <PageHeader title="Compare runs" aside={formatCount(runs.length, 'run')}>
        {python && <CommandButton command={python} look="quiet" />}
      </PageHeader>
      <Toolbar label="What is compared">
        <ComparisonTools onlyDifferent={differences} find={find} onChange={(next) => change(next, 'replace')} />
      </Toolbar>
      {error !== null && <Trouble title="A run cannot be shown" error={error} onRetry={refetch} />}
      {isPending && error === null && <Loading what="the runs" />}
      {!isPending && runs.length > 0 && (
        <ComparisonTable label="Runs side by side" columns={columns} groups={shown} onlyDifferent={differences} />
      )}
    </>
  );
}

interface HeadingProps {
  readonly run: Run;
  readonly onRemove: () => void;
}

function RunHeading({ run: { runId, runName, status }, onRemove }: HeadingProps) {
  return (
    <span className={styles.heading}>
      <StatusMark status={status} />
      <Link href={links.run(runId)} className={styles.name} title={runName || runId}>
        {runName || runId}
      </Link>
      <IconButton icon="close" label={`Leave ${runName || runId} out`} onClick={onRemove} />
    </span>
  );
}

interface Found {
  readonly runs: readonly Run[];
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => void;
}

function useRunsById(runIds: readonly string[]): Found {
  return useQueries({
    queries: runIds.map((runId) => ({
      queryKey: queryKeys.run(runId),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => getRun(runId, signal),
    })),
    combine: foundOf,
  });
}

interface Result {
  readonly data: Run | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

const foundOf = (results: readonly Result[]): Found => ({
  runs: results.map(({ data }) => data).filter((run) => run !== undefined),
  error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
  isPending: results.some(({ isPending }) => isPending),
  refetch: () => {
    for (const { error, refetch } of results) if (error !== null) refetch();
  },
});
