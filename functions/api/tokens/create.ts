import { isWithin, type TokenRecord } from '../../domain/access-token.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { requiredText, textOrEmpty } from '../../protocol/common.ts';
import { wireToken } from '../../protocol/identity.ts';
import { list, message, required } from '../../protocol/message.ts';
import { choice, int64, text } from '../../protocol/scalars.ts';
import { permissionDenied } from '../guard/permission-denied.ts';
import { defineIdentityOperation } from '../identity/define-identity-operation.ts';
import { getUser } from '../identity/get-user.ts';

const DAY_S = 86_400;
const DEFAULT_LIFETIME_S = 90 * DAY_S;
const MAX_LIFETIME_S = 366 * DAY_S;
const MAX_NAME_LENGTH = 200;
/** As many as one person looks through; each may have a long name, and all are read with each request. */
const MAX_MODELS = 100;

const request = message({
  name: requiredText('What to call it, such as the job that it is for'),
  role: required(choice({ READ: 1, EDIT: 2, MANAGE: 3, ADMIN: 4 }, 'What it may do at most')),
  lifetime_seconds: int64('How long it is good for; 90 days when absent, 366 at most'),
  experiment_ids: list(textOrEmpty('Experiment id'), 'The only experiments it is good for'),
  registered_models: list(
    requiredText('Name of a registered model'),
    'The only registered models it is good for; with none of both it is good for everything',
  ),
  username: text('Whose it is; another user’s is for admins to make'),
});

/** Makes a token. The answer holds it, this once: what is kept tells of it and is not it. */
export const createToken = defineIdentityOperation({
  method: 'POST',
  path: '/tracklet/tokens',
  since: '2.0',
  request,
  handle: async (input, { identity, caller, clock }) => {
    const username = input.username || caller.username;
    const isOwn = username === caller.username;
    const isWithinOwn = caller.token === undefined || isWithin(input.role, caller.token.role);
    if (!(isOwn || caller.isAdmin) || !isWithinOwn) throw permissionDenied();
    const now = clock();
    const lifetime = checkLifetime(Number(input.lifetime_seconds ?? DEFAULT_LIFETIME_S));
    const { id: userId } = await getUser(identity.store, username);
    // Whole seconds, as the token itself has them.
    const expiresAt = (Math.floor(now / 1000) + lifetime) * 1000;
    const record: TokenRecord = {
      tokenId: identity.newTokenId(),
      name: checkName(input.name),
      username,
      userId,
      role: input.role,
      ...boundsOf(input.experiment_ids, input.registered_models),
      createdAt: now,
      expiresAt,
      lastUsedAt: undefined,
      revokedAt: undefined,
    };
    const token = await identity.codec.sign({ ...record, expiresAt: expiresAt / 1000 });
    await identity.store.putToken(record);
    return { token, token_info: wireToken(record) };
  },
});

function checkLifetime(seconds: number): number {
  if (seconds >= 1 && seconds <= MAX_LIFETIME_S) return seconds;
  throw invalidParameter(`lifetime_seconds must be between 1 and ${MAX_LIFETIME_S}. Received ${seconds}.`);
}

function checkName(name: string): string {
  if (name.length <= MAX_NAME_LENGTH) return name;
  throw invalidParameter(`name cannot be longer than ${MAX_NAME_LENGTH} characters.`);
}

/** What the token is good for, and nothing else; no bounds at all where neither experiments nor models are named. */
function boundsOf(
  ids: readonly string[],
  names: readonly string[],
): Pick<TokenRecord, 'experimentIds' | 'registeredModels'> {
  const experimentIds = [...new Set(ids.map((id) => String(parseExperimentId(id))))];
  const registeredModels = [...new Set(names)];
  if (registeredModels.length > MAX_MODELS) {
    throw invalidParameter(
      `A token can name ${MAX_MODELS} registered models at most. Received ${registeredModels.length}.`,
    );
  }
  if (experimentIds.length + registeredModels.length === 0) return { experimentIds: undefined };
  return { experimentIds, registeredModels: registeredModels.length === 0 ? undefined : registeredModels };
}
