import type { Demand } from '../../api/promotions.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon/icon.tsx';
import styles from './promotion.module.css';

/** What a gate demands, each met or not, in words. */
export function DemandList({ demands }: { readonly demands: readonly Demand[] }) {
  return (
    <ul className={styles.demands} aria-label="What the gate demands">
      {demands.map(({ isMet, message, isOfAllModels }) => (
        <li key={message} className={classes(styles.demand, !isMet && styles.unmet)}>
          <span className={styles.mark}>
            <Icon name={isMet ? 'check' : 'close'} />
          </span>
          <span>
            <strong>{isMet ? 'Met' : 'Not met'}:</strong> {message}
            {isOfAllModels && <span className={styles.quiet}> (policy of all models)</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
