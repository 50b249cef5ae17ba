import { readToken, TOKEN_PREFIX, type TokenClaims, tokenFault, type UncheckedToken } from '../domain/token.ts';
import type { EdgeRequest, EdgeResponse } from './edge-event.ts';
import { refuse } from './refuse.ts';
import { cf, crypto } from './runtime.ts';

/** `go` to S3, `ask` the API, which decides; or the refusal. */
export type Verdict = 'go' | 'ask' | EdgeResponse;

/** Whether the request may touch a file of an experiment. Fails closed: what cannot be read lets nobody in. */
export async function authorise(request: EdgeRequest, experimentId: string): Promise<Verdict> {
  try {
    const keyValues = cf.kvs();
    const mode = await keyValues.get('mode');
    if (mode === 'none') return 'go';
    if (mode !== 'tokens' && mode !== 'users') return UNREADABLE;
    const token = credentialOf(request);
    if (token.slice(0, TOKEN_PREFIX.length) !== TOKEN_PREFIX) return 'ask';
    const unchecked = readToken(token, decode);
    if (unchecked === undefined) return refuse('UNAUTHENTICATED', 'The token is not valid.');
    const fault = await faultOf(unchecked, keyValues);
    if (fault !== undefined) return refuse('UNAUTHENTICATED', fault);
    const verdict = permit(request, unchecked.claims, experimentId);
    if (verdict !== 'go' || mode === 'tokens') return verdict;
    // What its user may do is less, as long as nobody has said otherwise.
    const entry = `all/${unchecked.claims.tokenId}/${unchecked.claims.username}`;
    if (Buffer.from(entry).length > MAX_KEY_BYTES) return 'ask';
    const holdsAll = await keyValues.exists(entry);
    return holdsAll ? 'go' : 'ask';
  } catch {
    // Not a 5xx: it may well last.
    return UNREADABLE;
  }
}

/** AWS: of a key-value store. No longer one is ever written there (functions/entry/tell-edge.ts). */
const MAX_KEY_BYTES = 512;

const UNREADABLE = refuse(
  'PERMISSION_DENIED',
  'The access rules of this server cannot be read; its operator can help.',
);

type KeyValues = ReturnType<typeof cf.kvs>;

/** The token, or the password that came by `Basic`; empty without either. */
function credentialOf(request: EdgeRequest): string {
  const header = request.headers.authorization;
  const match = header === undefined ? null : /^(\w+) +(\S+) *$/.exec(header.value);
  if (match === null) return '';
  const scheme = String(match[1]).toLowerCase();
  const value = String(match[2]);
  if (scheme === 'bearer') return value;
  if (scheme !== 'basic') return '';
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

async function faultOf(token: UncheckedToken, keyValues: KeyValues): Promise<string | undefined> {
  const key = `key/${token.claims.keyId}`;
  const isKnown = await keyValues.exists(key);
  if (!isKnown) return 'The token is not valid.';
  const secret = await keyValues.get(key);
  const fault = tokenFault(token, secret, { hmac, nowSeconds: Math.floor(Date.now() / 1000) });
  if (fault !== undefined) return fault;
  const isRevoked = await keyValues.exists(`revoked/${token.claims.tokenId}`);
  return isRevoked ? 'The token has been revoked.' : undefined;
}

function permit(request: EdgeRequest, claims: TokenClaims, experimentId: string): Verdict {
  if (claims.experimentIds !== undefined && !claims.experimentIds.includes(experimentId)) {
    return refuse('PERMISSION_DENIED', `The token is not good for experiment '${experimentId}'.`);
  }
  if (request.method === 'PUT' && claims.role === 'READ') {
    return refuse('PERMISSION_DENIED', 'The token may read, not write.');
  }
  return 'go';
}

const hmac = (secret: string, text: string): string =>
  crypto.createHmac('sha256', secret).update(text).digest('base64url');

const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');
