import { useMemo } from 'react';
import { Link } from 'wouter';
import type { Run } from '../../api/runs.ts';
import { shownGroups } from '../../comparison/compare-values.ts';
import { ComparisonTable } from '../../comparison/comparison-table.tsx';
import { ComparisonTools, comparisonSchema } from '../../comparison/comparison-tools.tsx';
import { useTexts } from '../../comparison/use-texts.tsx';
import { links } from '../../routes/links.ts';
import { IconButton } from '../../ui/button/button.tsx';
import type { Command } from '../../ui/commands/command.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { Toolbar } from '../../ui/page/page-header.tsx';
import { StatusMark } from '../../ui/status/run-status.tsx';
import { useUrlState } from '../../ui/url-state/use-url-state.ts';
import styles from './compare-runs.module.css';
import type { PartProps } from './parts.tsx';
import { runGroups } from './run-groups.ts';
import { namesOf } from './run-names.ts';

/** What runs hold, side by side: first what differs between them. */
export function ValuesView({ runs, onRemove }: PartProps) {
  const [{ differences, find }, change] = useUrlState(comparisonSchema);
  const groups = useMemo(() => runGroups(runs), [runs]);
  const shown = useMemo(
    () => shownGroups(groups, { onlyDifferent: differences, typed: find }),
    [groups, differences, find],
  );
  const names = useMemo(() => namesOf(runs), [runs]);
  const { compareTexts, dialog } = useTexts({ what: 'run', groups, names });
  const columns = useMemo(
    () => runs.map((run) => ({ id: run.runId, heading: <RunHeading run={run} onRemove={onRemove} /> })),
    [runs, onRemove],
  );
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'differences',
        title: differences ? 'Show all rows' : 'Show only what differs',
        shortcut: 'd',
        run: () => change({ differences: !differences }, 'replace'),
      },
    ],
    [differences, change],
  );
  useCommands('Values', commands);
  return (
    <>
      <div className={styles.tools}>
        <Toolbar label="Values to show">
          <ComparisonTools onlyDifferent={differences} find={find} onChange={(next) => change(next, 'replace')} />
        </Toolbar>
      </div>
      <ComparisonTable
        label="Runs side by side"
        columns={columns}
        groups={shown}
        onlyDifferent={differences}
        onCompareTexts={compareTexts}
      />
      {dialog}
    </>
  );
}

interface HeadingProps {
  readonly run: Run;
  readonly onRemove: (runId: string) => void;
}

function RunHeading({ run: { runId, runName, status }, onRemove }: HeadingProps) {
  return (
    <span className={styles.heading}>
      <StatusMark status={status} />
      <Link href={links.run(runId)} className={styles.name} title={runName || runId}>
        {runName || runId}
      </Link>
      <IconButton icon="close" label={`Leave ${runName || runId} out`} onClick={() => onRemove(runId)} />
    </span>
  );
}
