import { Button } from '../../ui/button/button.tsx';
import { formatCount } from '../../ui/format/number.ts';
import styles from './compare-runs.module.css';
import type { MissingRun } from './read-compared.ts';

const MOST_NAMED = 5;

interface Props {
  readonly missing: readonly MissingRun[];
  readonly onLeaveOut: () => void;
}

/** Names the runs of the link that cannot be shown, and why. */
export function MissingRuns({ missing, onLeaveOut }: Props) {
  if (missing.length === 0) return null;
  const others = missing.length - MOST_NAMED;
  return (
    <section className={styles.notice} aria-labelledby="missing-runs">
      <h2 id="missing-runs">{formatCount(missing.length, 'run')} cannot be shown</h2>
      <ul>
        {missing.slice(0, MOST_NAMED).map(({ runId, error }) => (
          <li key={runId}>
            <code>{runId}</code>: {error.message}
          </li>
        ))}
        {others > 0 && <li>and {formatCount(others, 'other')}</li>}
      </ul>
      <Button onClick={onLeaveOut}>Leave {missing.length === 1 ? 'it' : 'them'} out</Button>
    </section>
  );
}
