import { Link } from 'wouter';
import type { PromotionRequest, RequestSearch } from '../../api/promotions.ts';
import { links } from '../../routes/links.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { Nothing } from '../../ui/page/section.tsx';
import { MoreButton } from '../../ui/states/more-button.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { Table } from '../../ui/table/table.tsx';
import { endingOf } from './past-requests.tsx';
import { textOfTarget } from './target-text.ts';
import { useRequests } from './use-promotion.ts';

interface Props {
  readonly search: RequestSearch;
  /** What is said when none is found. */
  readonly none: string;
}

/** Requests for promotions, the newest first; each leads to its gate. */
export function RequestTable({ search, none }: Props) {
  const list = useRequests(search);
  const { requests, error, refetch } = list;
  if (requests === undefined) {
    if (error === null) return <Loading what="the requests" />;
    return <Trouble title="The requests cannot be shown" error={error} onRetry={() => void refetch()} />;
  }
  if (requests.length === 0) return <Nothing>{none}</Nothing>;
  return (
    <>
      <Table
        label="Promotion requests"
        columns={['Version', 'To', 'Asked by', 'Asked', 'Reviews', 'State']}
        rows={requests.map((request) => ({ id: request.requestId, cells: cellsOf(request) }))}
      />
      <MoreButton list={list} />
    </>
  );
}

function cellsOf(request: PromotionRequest) {
  const { name, version, target, requester, creationTime, reviews, state } = request;
  const text = textOfTarget(target);
  return [
    <Link key="version" href={links.gate(name, version, text)}>
      {name} version {version}
    </Link>,
    text,
    requester || '–',
    <TimeAgo key="asked" timeMs={creationTime} />,
    standingText(reviews),
    state === 'OPEN' ? 'Open' : endingOf(request),
  ];
}

/** Who approves and who refuses by now: the last word of each counts. */
function standingText(reviews: PromotionRequest['reviews']): string {
  const last = new Map(reviews.map(({ reviewer, verdict }) => [reviewer, verdict]));
  const namesOf = (wanted: string) => [...last].filter(([, verdict]) => verdict === wanted).map(([name]) => name);
  const approving = namesOf('APPROVE');
  const refusing = namesOf('REFUSE');
  const parts = [
    ...(approving.length > 0 ? [`approved by ${approving.join(', ')}`] : []),
    ...(refusing.length > 0 ? [`refused by ${refusing.join(', ')}`] : []),
  ];
  return parts.join('; ') || 'none yet';
}
