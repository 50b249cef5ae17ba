import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { getExperiment } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { getRun, type Run } from '../../api/runs.ts';
import { links } from '../../routes/links.ts';
import { formatCount } from '../../ui/format/number.ts';
import { RunDuration } from '../../ui/format/run-duration.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { PageHeader } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { StatusText } from '../../ui/status/run-status.tsx';
import { useActivity } from './activity/use-activity.ts';
import { useUploadCount } from './artifacts/use-uploads.ts';
import styles from './run.module.css';
import { RunActions } from './run-actions.tsx';
import { ARTIFACTS, OVERVIEW, RUN_TABS } from './tabs.tsx';

const LIVE_MS = 5_000;
const IDLE_MS = 60_000;

/** One run: what it was given, what came out, and where it came from. */
export function RunPage() {
  const { runId = '', tab = OVERVIEW } = useParams<{ runId: string; tab?: string }>();
  const {
    data: run,
    dataUpdatedAt,
    error,
    refetch,
  } = useQuery({
    queryKey: queryKeys.run(runId),
    queryFn: ({ signal }) => getRun(runId, signal),
    refetchInterval: ({ state }) => (state.data?.status === 'RUNNING' ? LIVE_MS : IDLE_MS),
  });
  usePageTitle(run?.runName ?? runId);
  if (run !== undefined) return <LoadedRun key={runId} run={run} readAt={dataUpdatedAt} tabId={tab} />;
  if (error !== null) return <Trouble title="The run cannot be shown" error={error} onRetry={() => void refetch()} />;
  return <Loading what="the run" />;
}

interface LoadedProps {
  readonly run: Run;
  /** In ms since the epoch. */
  readonly readAt: number;
  readonly tabId: string;
}

function LoadedRun({ run, readAt, tabId }: LoadedProps) {
  const activity = useActivity(run, readAt);
  const uploadCount = useUploadCount(run.runId);
  const chosen = RUN_TABS.find(({ id }) => id === tabId) ?? RUN_TABS[0];
  return (
    <>
      <PageHeader title={run.runName || run.runId} aside={<Facts run={run} />}>
        <RunActions run={run} />
      </PageHeader>
      {run.stage === 'deleted' && <p className={styles.deleted}>This run is in the trash. Restore brings it back.</p>}
      <nav aria-label="Parts of the run" className={styles.tabs}>
        {RUN_TABS.map(({ id, title }) => (
          <Link
            key={id}
            href={links.run(run.runId, id === OVERVIEW ? undefined : id)}
            className={styles.tab}
            aria-current={id === chosen?.id ? 'page' : undefined}
          >
            {title}
            {id === ARTIFACTS && uploadCount > 0 && ` (${formatCount(uploadCount, 'upload')})`}
          </Link>
        ))}
      </nav>
      {chosen && <chosen.tab run={run} activity={activity} />}
    </>
  );
}

function Facts({ run }: { readonly run: Run }) {
  const { data: experiment } = useQuery({
    queryKey: queryKeys.experiment(run.experimentId),
    queryFn: ({ signal }) => getExperiment(run.experimentId, signal),
  });
  return (
    <span className={styles.facts}>
      <StatusText status={run.status} />
      <span>
        in <Link href={links.runs([run.experimentId])}>{experiment?.name ?? `experiment ${run.experimentId}`}</Link>
      </span>
      <span>
        started <TimeAgo timeMs={run.startTime} />
      </span>
      <RunDuration run={run} />
    </span>
  );
}
