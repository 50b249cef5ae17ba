import type { Credentials } from '../api/identity/sign-in.ts';
import { TOKEN_PREFIX } from '../domain/token.ts';

const NONE: Credentials = { kind: 'none' };
const SCHEME = /^(basic|bearer) +(\S+)$/i;

/**
 * What a request shows of who sends it. MLflow's clients send `Basic` for MLFLOW_TRACKING_USERNAME and PASSWORD, else
 * `Bearer` for MLFLOW_TRACKING_TOKEN; a token may also come as the password of any user, for tools that know nothing else.
 */
export function credentialsOf(authorization: string | null): Credentials {
  const [, scheme = '', value = ''] = SCHEME.exec(authorization?.trim() ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return { kind: 'token', token: value };
  if (scheme.toLowerCase() !== 'basic') return NONE;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return NONE;
  const password = pair.slice(colon + 1);
  if (password.startsWith(TOKEN_PREFIX)) return { kind: 'token', token: password };
  return { kind: 'password', username: pair.slice(0, colon), password };
}
