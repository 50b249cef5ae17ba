import { formatExact, formatRelative } from './time.ts';
import { useNow } from './use-now.ts';

interface Props {
  /** In ms since the epoch; 0 is no time. */
  readonly timeMs: number;
}

/** How long ago something was; the exact time shows on hover and is what machines read. */
export function TimeAgo({ timeMs }: Props) {
  const now = useNow();
  if (timeMs === 0) return <span>–</span>;
  return (
    <time dateTime={new Date(timeMs).toISOString()} title={formatExact(timeMs)}>
      {formatRelative(timeMs, now)}
    </time>
  );
}
