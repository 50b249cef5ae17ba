import type { Review, Verdict } from '../../api/promotions.ts';
import { classes } from '../../ui/classes.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import styles from './promotion.module.css';

const WORDS: Readonly<Record<Verdict, string>> = {
  APPROVE: 'approves',
  REFUSE: 'refuses',
  ABSTAIN: 'takes that back',
};

/** What people said of a request, in the order of time; the last word of each counts. */
export function ReviewList({ reviews }: { readonly reviews: readonly Review[] }) {
  if (reviews.length === 0) return null;
  return (
    <ul className={styles.reviews} aria-label="Reviews">
      {reviews.map(({ reviewer, verdict, comment, timestamp }) => (
        <li key={`${timestamp} ${reviewer}`} className={classes(styles.review, verdict === 'REFUSE' && styles.unmet)}>
          <strong>
            {reviewer} {WORDS[verdict]}
          </strong>{' '}
          <TimeAgo timeMs={timestamp} />
          {comment !== '' && <>: “{comment}”</>}
        </li>
      ))}
    </ul>
  );
}
