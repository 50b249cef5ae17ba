import { useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import { ConnectionLostError } from '../../api/api-error.ts';
import type { Run } from '../../api/runs.ts';
import { links } from '../../routes/links.ts';
import { Button } from '../../ui/button/button.tsx';
import type { Command } from '../../ui/commands/command.ts';
import { CommandButton } from '../../ui/commands/command-button.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { copyText } from '../../ui/copy/copy-text.ts';
import { formatCount } from '../../ui/format/number.ts';
import { quoteText } from '../../ui/format/search-text.ts';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty, Loading, Trouble } from '../../ui/states/states.tsx';
import { listField } from '../../ui/url-state/url-state.ts';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import { pythonSnippet } from '../runs/python-snippet.ts';
import styles from './compare-runs.module.css';
import { MissingRuns } from './missing-runs.tsx';
import { PartLinks, partOf, partsSchema } from './parts.tsx';
import { useComparedRuns } from './use-compared-runs.ts';

const schema = { runs: listField(), ...partsSchema } as const;

/** Runs side by side: first what differs between them. */
export function CompareRunsPage() {
  usePageTitle('Compare runs');
  const [{ runs: listed, show }, change] = useUrlState(schema);
  const runIds = useMemo(() => [...new Set(listed)], [listed]);
  const put = useCallback((next: readonly string[]) => change({ runs: next }), [change]);
  if (runIds.length >= 2) return <Comparison runIds={runIds} shown={show} onChange={put} />;
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

interface Props {
  readonly runIds: readonly string[];
  /** The part that is shown. */
  readonly shown: string;
  readonly onChange: (runIds: readonly string[]) => void;
}

function Comparison({ runIds, shown, onChange }: Props) {
  const { part: Shown } = partOf(shown);
  const { data, error, refetch } = useComparedRuns(runIds);
  const { runs, missing } = data ?? NOTHING;
  const remove = useCallback((runId: string) => onChange(runIds.filter((each) => each !== runId)), [runIds, onChange]);
  const python = usePython(runs);
  return (
    <>
      <PageHeader title="Compare runs" aside={data && formatCount(runs.length, 'run')}>
        {runs.length > 0 && <CommandButton command={python} look="quiet" />}
      </PageHeader>
      <MissingRuns missing={missing} onLeaveOut={() => onChange(runs.map(({ runId }) => runId))} />
      {data === undefined && error === null && <Loading what="the runs" />}
      {data === undefined && error !== null && (
        <Trouble title="The runs cannot be shown" error={error} onRetry={refetch} />
      )}
      {data !== undefined && error !== null && !(error instanceof ConnectionLostError) && (
        <section className={styles.notice} role="alert">
          <h2>What is shown may be old</h2>
          <p>It could not be read again: {error.message}</p>
          <Button icon="refresh" onClick={refetch}>
            Try again
          </Button>
        </section>
      )}
      {runs.length > 0 && <PartLinks shown={shown} />}
      {runs.length > 0 && <Shown runs={runs} onRemove={remove} />}
    </>
  );
}

const NOTHING = { runs: [], missing: [] } as const;

/** The command that copies how the runs are read in Python. */
function usePython(runs: readonly Run[]): Command {
  const commands = useMemo<readonly [Command]>(() => {
    const experimentIds = [...new Set(runs.map(({ experimentId }) => experimentId))];
    const filter = `attributes.run_id IN (${runs.map(({ runId }) => quoteText(runId)).join(', ')})`;
    const snippet = pythonSnippet(window.location.origin, { experimentIds, filter, orderBy: [], view: 'ALL' });
    return [
      { id: 'python', title: 'Copy as Python', icon: 'code', run: () => void copyText(snippet, 'the runs as Python') },
    ];
  }, [runs]);
  useCommands('Compare', commands);
  return commands[0];
}
