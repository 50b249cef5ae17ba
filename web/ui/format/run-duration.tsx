import type { Run } from '../../api/runs.ts';
import { formatDuration } from './time.ts';
import { useNow } from './use-now.ts';

/** How long a run took, or has been going on. */
export function RunDuration({
  run: { status, startTime, endTime },
}: {
  readonly run: Pick<Run, 'status' | 'startTime' | 'endTime'>;
}) {
  const now = useNow();
  if (endTime !== undefined) return <span>{formatDuration(endTime - startTime)}</span>;
  if (status !== 'RUNNING' || startTime === 0) return null;
  return <span title="So far">{formatDuration(now - startTime)}</span>;
}
