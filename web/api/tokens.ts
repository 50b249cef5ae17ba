import { changeTracklet, getTracklet, postTracklet } from './request.ts';

/** What a token may do at most, the least first (docs/users.md). */
export const TOKEN_ROLES = ['READ', 'EDIT', 'MANAGE', 'ADMIN'] as const;
export type TokenRole = (typeof TOKEN_ROLES)[number];

/** What is kept of a token, which is never the token itself; times in ms since the epoch. */
export interface Token {
  readonly tokenId: string;
  readonly name: string;
  readonly role: TokenRole;
  /** The only experiments it is good for; undefined for all of everything. */
  readonly experimentIds: readonly string[] | undefined;
  /** The only registered models that one with bounds is good for, by name. */
  readonly registeredModels: readonly string[];
  readonly creationTime: number;
  readonly expirationTime: number;
  /** To the hour; undefined while nobody used it. */
  readonly lastUsedTime: number | undefined;
  readonly revocationTime: number | undefined;
}

interface WireToken {
  readonly token_id: string;
  readonly name: string;
  readonly role: TokenRole;
  readonly experiment_ids?: readonly string[];
  readonly registered_models?: readonly string[];
  readonly creation_time: number;
  readonly expiration_time: number;
  readonly last_used_time?: number;
  readonly revocation_time?: number;
}

/** One's own tokens, the newest first. */
export async function listTokens(signal?: AbortSignal): Promise<readonly Token[]> {
  const { tokens = [] } = await getTracklet<{ tokens?: readonly WireToken[] }>('tokens', {}, { signal });
  return tokens.map(readToken);
}

/** What a token is made of. */
export interface NewToken {
  readonly name: string;
  readonly role: TokenRole;
  readonly lifetimeSeconds: number;
  /** With no bounds of either kind it is good for all of everything. */
  readonly experimentIds: readonly string[];
  readonly registeredModels: readonly string[];
}

/** Makes a token and gives it, this once. */
export async function createToken({ name, role, lifetimeSeconds, ...bounds }: NewToken): Promise<string> {
  const { experimentIds, registeredModels } = bounds;
  const fields = {
    name,
    role,
    lifetime_seconds: lifetimeSeconds,
    experiment_ids: experimentIds,
    registered_models: registeredModels,
  };
  return (await postTracklet<{ token: string }>('tokens', fields)).token;
}

export const revokeToken = (tokenId: string): Promise<object> =>
  changeTracklet('DELETE', 'tokens', { token_id: tokenId });

const readToken = (wire: WireToken): Token => ({
  tokenId: wire.token_id,
  name: wire.name,
  role: wire.role,
  experimentIds: wire.experiment_ids,
  registeredModels: wire.registered_models ?? [],
  creationTime: wire.creation_time,
  expirationTime: wire.expiration_time,
  lastUsedTime: wire.last_used_time,
  revocationTime: wire.revocation_time,
});
