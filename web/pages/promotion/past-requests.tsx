import type { PromotionTarget } from '../../api/promotion-target.ts';
import type { PromotionRequest } from '../../api/promotions.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import styles from './promotion.module.css';
import { ReviewList } from './review-list.tsx';
import { isSameTarget, textOfTarget } from './target-text.ts';
import { useRequests } from './use-promotion.ts';

interface Props {
  readonly name: string;
  readonly version: string;
  readonly target: PromotionTarget;
}

/** The requests of a version for a target that have ended, with what was said of them. */
export function PastRequests({ name, version, target }: Props) {
  const { requests = [] } = useRequests({ name, version });
  const ended = requests.filter((request) => request.state !== 'OPEN' && isSameTarget(request.target, target));
  if (ended.length === 0) return null;
  return (
    <details className={styles.past}>
      <summary>Earlier requests for {textOfTarget(target)}</summary>
      {ended.map((request) => (
        <section key={request.requestId} className={styles.card} aria-label={endingOf(request)}>
          <p>
            <strong>{endingOf(request)}</strong> <TimeAgo timeMs={request.decision?.timestamp ?? 0} />
            {request.decision?.comment && <>: “{request.decision.comment}”</>}
          </p>
          <p className={styles.quiet}>
            {request.requester || 'Somebody'} asked <TimeAgo timeMs={request.creationTime} />
            {request.comment !== '' && <>: “{request.comment}”</>}
          </p>
          <ReviewList reviews={request.reviews} />
        </section>
      ))}
    </details>
  );
}

/** How a request ended, and by whom. */
export function endingOf({ state, decision }: PromotionRequest): string {
  const what = state === 'PROMOTED' ? 'Promoted' : 'Withdrawn';
  return decision?.by ? `${what} by ${decision.by}` : what;
}
