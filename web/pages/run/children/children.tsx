import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { queryKeys } from '../../../api/query-keys.ts';
import { type Run, searchRuns } from '../../../api/runs.ts';
import { links } from '../../../routes/links.ts';
import { TimeAgo } from '../../../ui/format/time-ago.tsx';
import { Empty, Loading, Trouble } from '../../../ui/states/states.tsx';
import { StatusText } from '../../../ui/status/run-status.tsx';
import type { TabProps } from '../tabs.tsx';
import styles from './children.module.css';

const SHOWN = 200;
const LIVE_MS = 5_000;
const IDLE_MS = 60_000;

const isRunning = ({ status }: Pick<Run, 'status'>): boolean => status === 'RUNNING';

/** The runs nested in this one. */
export function Children({ run: { runId, experimentId, status } }: TabProps) {
  const filter = `tags.\`mlflow.parentRunId\` = '${runId}'`;
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.childRuns(runId),
    queryFn: ({ signal }) =>
      searchRuns({ experimentIds: [experimentId], filter, orderBy: [], view: 'ACTIVE_ONLY' }, { size: SHOWN }, signal),
    // A run that goes on may nest another one at any time.
    refetchInterval: ({ state }) => (isRunning({ status }) || state.data?.runs.some(isRunning) ? LIVE_MS : IDLE_MS),
  });
  if (error !== null && data === undefined) {
    return <Trouble title="The child runs cannot be shown" error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <Loading what="the child runs" />;
  if (data.runs.length === 0) {
    return (
      <Empty title="No run is nested in this one">
        <p>
          Runs started within it with <code>mlflow.start_run(nested=True)</code> show here.
        </p>
      </Empty>
    );
  }
  return (
    <div className={styles.children}>
      <p>
        <Link href={links.runs([experimentId], `?filter=${encodeURIComponent(filter)}&nested=0`)}>
          {data.nextPageToken === undefined ? 'Show them in the table' : 'Show all in the table'}
        </Link>
      </p>
      <ul className={styles.list}>
        {data.runs.map((run) => (
          <li key={run.runId}>
            <Link href={links.run(run.runId)}>{run.runName || run.runId}</Link>
            <StatusText status={run.status} />
            <TimeAgo timeMs={run.startTime} />
          </li>
        ))}
      </ul>
    </div>
  );
}
