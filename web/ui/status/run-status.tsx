import type { RunStatus } from '../../api/runs.ts';
import { classes } from '../classes.ts';
import styles from './run-status.module.css';

/** How each state is called and shown: by its shape as well as by its colour. */
export const STATUS_TITLES: Readonly<Record<RunStatus, string>> = {
  RUNNING: 'Running',
  SCHEDULED: 'Scheduled',
  FINISHED: 'Finished',
  FAILED: 'Failed',
  KILLED: 'Killed',
};

/** The state of a run as a mark, with its name for who cannot see it. */
export function StatusMark({ status }: { readonly status: RunStatus }) {
  return (
    <span
      role="img"
      aria-label={STATUS_TITLES[status]}
      title={STATUS_TITLES[status]}
      className={classes(styles.mark, styles[status])}
    />
  );
}

/** The state of a run in words, after its mark. */
export function StatusText({ status }: { readonly status: RunStatus }) {
  return (
    <span className={styles.text}>
      <span className={classes(styles.mark, styles[status])} />
      {STATUS_TITLES[status]}
    </span>
  );
}
