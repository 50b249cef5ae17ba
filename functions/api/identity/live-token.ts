import type { TokenRecord } from '../../domain/access-token.ts';
import type { Identity } from './identity.ts';
import type { KeptAccess, KnownUser } from './kept-access.ts';

/** What is known of a token: whose it is while it may be used, that it is over, or nothing at all. */
type LiveToken =
  | { readonly kind: 'alive'; readonly record: TokenRecord; readonly known: KnownUser }
  | { readonly kind: 'over' }
  | { readonly kind: 'unrecorded' };

interface LiveTokenProps {
  readonly identity: Pick<Identity, 'store'>;
  readonly access: Pick<KeptAccess, 'findUser'>;
  readonly clock: () => number;
}

/** Looks a token up, now: one that was revoked, or whose user is gone, is over from then on. */
export async function findLiveToken(
  { identity, access, clock }: LiveTokenProps,
  username: string,
  tokenId: string,
): Promise<LiveToken> {
  const [record, known] = await Promise.all([identity.store.findToken(username, tokenId), access.findUser(username)]);
  if (!record) return { kind: 'unrecorded' };
  const isAlive = record.revokedAt === undefined && record.expiresAt > clock();
  return isAlive && known?.user.id === record.userId ? { kind: 'alive', record, known } : { kind: 'over' };
}
