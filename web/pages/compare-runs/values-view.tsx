import { useMemo } from 'react';
import { Link } from 'wouter';
import type { Run } from '../../api/runs.ts';
import { ComparisonTable } from '../../comparison/comparison-table.tsx';
import { useComparison } from '../../comparison/use-comparison.tsx';
import { useTexts } from '../../comparison/use-texts.tsx';
import { links } from '../../routes/links.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Toolbar } from '../../ui/page/page-header.tsx';
import { StatusMark } from '../../ui/status/run-status.tsx';
import styles from './compare-runs.module.css';
import type { PartProps } from './parts.tsx';
import { runGroups } from './run-groups.ts';
import { namesOf } from './run-names.ts';

/** What runs hold, side by side: first what differs between them. */
export function ValuesView({ runs, onRemove }: PartProps) {
  const groups = useMemo(() => runGroups(runs), [runs]);
  const { onlyDifferent, shown, tools } = useComparison('Values', groups);
  const names = useMemo(() => namesOf(runs), [runs]);
  const { compareTexts, dialog } = useTexts({ what: 'run', groups, names });
  const columns = useMemo(
    () => runs.map((run) => ({ id: run.runId, heading: <RunHeading run={run} onRemove={onRemove} /> })),
    [runs, onRemove],
  );
  return (
    <>
      <div className={styles.tools}>
        <Toolbar label="Values to show">{tools}</Toolbar>
      </div>
      <ComparisonTable
        label="Runs side by side"
        columns={columns}
        groups={shown}
        onlyDifferent={onlyDifferent}
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
