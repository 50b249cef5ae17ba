import { useQuery } from '@tanstack/react-query';
import { sentenceOf } from '../../api/api-error.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { searchRuns } from '../../api/runs.ts';
import { NoneCell } from '../../grid/cells.tsx';
import { Button } from '../../ui/button/button.tsx';
import { formatCount } from '../../ui/format/number.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { StatusMark } from '../../ui/status/run-status.tsx';
import styles from './experiments.module.css';

const SHOWN = 8;
const REFRESH_MS = 30_000;

/** How the last runs of an experiment went, and when the last began: asked for when its row is in view. */
export function RunActivity({ experimentId }: { readonly experimentId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.lastRuns(experimentId),
    queryFn: ({ signal }) =>
      searchRuns(
        { experimentIds: [experimentId], filter: '', orderBy: [], view: 'ACTIVE_ONLY' },
        { size: SHOWN },
        signal,
      ),
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS,
  });
  if (data === undefined && error !== null) {
    return (
      <Button look="quiet" icon="refresh" title={sentenceOf(error)} onClick={() => void refetch()}>
        Not read. Try again
      </Button>
    );
  }
  if (data === undefined) return null;
  const [last] = data.runs;
  if (last === undefined) return <NoneCell text="no runs" />;
  const count = `${data.nextPageToken === undefined ? '' : 'more than '}${formatCount(data.runs.length, 'run')}`;
  return (
    <span className={styles.activity}>
      <span className={styles.marks} title={count}>
        {[...data.runs].reverse().map(({ runId, status }) => (
          <StatusMark key={runId} status={status} />
        ))}
      </span>
      <TimeAgo timeMs={last.startTime} />
    </span>
  );
}
