import { type ReactNode, useState } from 'react';
import type { PromotionRequest, Verdict } from '../../api/promotions.ts';
import { Button } from '../../ui/button/button.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { useSession } from '../../ui/session/use-session.ts';
import styles from './promotion.module.css';
import { PromoteDialog, ReviewDialog, WithdrawDialog } from './request-dialogs.tsx';
import { ReviewList } from './review-list.tsx';

type OpenDialog = Verdict | 'promote' | 'withdraw';

interface Props {
  readonly request: PromotionRequest;
  readonly mayEnter: boolean;
}

/** A request that is open: who asks, what others say of it, and what can be done about it. */
export function RequestCard({ request, mayEnter }: Props) {
  const [dialog, setDialog] = useState<OpenDialog>();
  const close = () => setDialog(undefined);
  const { requester, comment, creationTime, archivesOthers, target, reviews } = request;
  return (
    <section className={styles.card} aria-label="The open request">
      <p>
        <strong>{requester === '' ? 'Somebody' : requester} asks for it</strong> <TimeAgo timeMs={creationTime} />
        {comment !== '' && <>: “{comment}”</>}
      </p>
      {target.kind === 'stage' && (
        <p className={styles.quiet}>
          The other versions in {target.stage} {archivesOthers ? 'are then archived.' : 'stay there.'}
        </p>
      )}
      <ReviewList reviews={reviews} />
      <OwnRequest requester={requester} />
      <div className={styles.buttons}>
        <Reviewing request={request} onOpen={setDialog} />
        <Button
          look={mayEnter ? 'primary' : 'plain'}
          icon="up"
          disabled={!mayEnter}
          title={mayEnter ? undefined : 'Not all demands are met'}
          onClick={() => setDialog('promote')}
        >
          Promote
        </Button>
        <Button look="quiet" onClick={() => setDialog('withdraw')}>
          Withdraw
        </Button>
      </div>
      {dialog === 'promote' && <PromoteDialog request={request} onClose={close} />}
      {dialog === 'withdraw' && <WithdrawDialog request={request} onClose={close} />}
      {dialog !== undefined && dialog !== 'promote' && dialog !== 'withdraw' && (
        <ReviewDialog request={request} verdict={dialog} onClose={close} />
      )}
    </section>
  );
}

/** Tells who asks that others must approve. */
function OwnRequest({ requester }: Pick<PromotionRequest, 'requester'>): ReactNode {
  const state = useSession();
  if (state.kind !== 'signedIn' || state.user.username !== requester) return null;
  return <p className={styles.quiet}>You ask for it, so somebody else must approve.</p>;
}

interface ReviewingProps {
  readonly request: PromotionRequest;
  readonly onOpen: (verdict: Verdict) => void;
}

/** What somebody may say of a request; nothing on a server without users, where nobody can. */
function Reviewing({ request: { requester, reviews }, onOpen }: ReviewingProps): ReactNode {
  const state = useSession();
  if (state.kind !== 'signedIn') return null;
  const { username } = state.user;
  const own = reviews.findLast(({ reviewer }) => reviewer === username)?.verdict;
  const isRequester = username === requester;
  return (
    <>
      <Button icon="check" disabled={isRequester} onClick={() => onOpen('APPROVE')}>
        Approve
      </Button>
      <Button icon="close" onClick={() => onOpen('REFUSE')}>
        Refuse
      </Button>
      {own !== undefined && own !== 'ABSTAIN' && (
        <Button look="quiet" icon="restore" onClick={() => onOpen('ABSTAIN')}>
          Take my review back
        </Button>
      )}
    </>
  );
}
