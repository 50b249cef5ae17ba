import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../../api/query-keys.ts';
import type { SessionUser } from '../../api/session.ts';
import { listTokens, type Token } from '../../api/tokens.ts';
import { Button } from '../../ui/button/button.tsx';
import { formatCount } from '../../ui/format/number.ts';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { useNow } from '../../ui/format/use-now.ts';
import { Nothing, Section } from '../../ui/page/section.tsx';
import { Loading, Trouble } from '../../ui/states/states.tsx';
import { Table } from '../../ui/table/table.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';
import { RevokeTokenDialog } from './revoke-token-dialog.tsx';
import styles from './settings.module.css';

const COLUMNS = ['Name', 'May', 'For', 'Made', 'Expires', 'Last used', 'Actions'];

/** One's own tokens, with which programs sign in. */
export function Tokens({ user }: { readonly user: SessionUser }) {
  const now = useNow();
  const [isNewOpen, setNewOpen] = useState(false);
  const [revoked, setRevoked] = useState<Token>();
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.tokens,
    queryFn: ({ signal }) => listTokens(signal),
  });
  return (
    <Section
      title="Your tokens"
      tools={
        <Button look="primary" icon="plus" onClick={() => setNewOpen(true)}>
          New token
        </Button>
      }
    >
      <Nothing>Programs sign in with a token, as MLFLOW_TRACKING_TOKEN. It may never do more than you.</Nothing>
      {data === undefined && error === null && <Loading what="the tokens" />}
      {data === undefined && error !== null && (
        <Trouble title="The tokens cannot be shown" error={error} onRetry={() => void refetch()} />
      )}
      {data !== undefined && data.length > 0 && (
        <Table
          label="Your tokens"
          columns={COLUMNS}
          rows={data.map((token) => ({
            id: token.tokenId,
            cells: [token.name, token.role, reachOf(token), ...timesOf(token, now), actionOf(token, now, setRevoked)],
          }))}
        />
      )}
      {isNewOpen && <NewTokenDialog isAdmin={user.isAdmin} onClose={() => setNewOpen(false)} />}
      {revoked && <RevokeTokenDialog token={revoked} onClose={() => setRevoked(undefined)} />}
    </Section>
  );
}

function reachOf({ experimentIds, registeredModels }: Token): string {
  if (experimentIds === undefined) return 'everything';
  const parts = [
    ...(experimentIds.length > 0
      ? [`${formatCount(experimentIds.length, 'experiment')} (${experimentIds.join(', ')})`]
      : []),
    ...(registeredModels.length > 0
      ? [`${formatCount(registeredModels.length, 'model')} (${registeredModels.join(', ')})`]
      : []),
  ];
  return parts.join(', ');
}

const timesOf = ({ creationTime, expirationTime, lastUsedTime }: Token, now: number) => [
  <TimeAgo key="made" timeMs={creationTime} />,
  expirationTime <= now ? 'is over' : <TimeAgo key="expires" timeMs={expirationTime} />,
  lastUsedTime === undefined ? 'never' : <TimeAgo key="used" timeMs={lastUsedTime} />,
];

function actionOf(token: Token, now: number, onRevoke: (token: Token) => void) {
  if (token.revocationTime !== undefined) {
    return (
      <span className={styles.quiet}>
        revoked <TimeAgo timeMs={token.revocationTime} />
      </span>
    );
  }
  if (token.expirationTime <= now) return null;
  return (
    <div className={styles.actions}>
      <Button look="quiet" icon="trash" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token)}>
        Revoke
      </Button>
    </div>
  );
}
