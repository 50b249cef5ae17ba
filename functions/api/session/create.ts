import { MlflowError } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { AnswerWithHeaders } from '../../protocol/answer-with-headers.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { setSessionCookie } from '../../protocol/session-cookie.ts';
import type { Identity } from '../identity/identity.ts';
import { tooManySignIns } from '../identity/sign-in.ts';
import { defineOperation } from '../operation.ts';
import { NOT_KEPT, wireMode, wireSignedIn } from './wire-session.ts';

const request = message({ username: requiredText('Name of a user'), password: requiredText('Their password') });

/** Signs in by password, for a session in a cookie. Needs no token against forged requests: pages of other sites can send no JSON. */
export const createSession = defineOperation({
  method: 'POST',
  path: '/tracklet/session',
  since: '2.0',
  request,
  handle: async ({ username, password }, { identity }, { origin, address, noteSignIn }) => {
    if (!identity) throw new Error('a session was asked for without a guard');
    const session = await identity.sessions.open(await userOf(identity, { username, password, address }));
    if (!session) throw wrongPassword();
    const { text, user, record, csrfToken } = session;
    noteSignIn(user.username);
    return new AnswerWithHeaders(
      {
        ...wireMode(identity),
        ...wireSignedIn({ ...user, userId: user.id, csrfToken, expiresAt: record.expiresAt }),
      },
      {
        ...NOT_KEPT,
        'set-cookie': setSessionCookie({ value: text, maxAgeMs: record.expiresAt - record.createdAt, origin }),
      },
    );
  },
});

interface Shown {
  readonly username: string;
  readonly password: string;
  readonly address: string | undefined;
}

/** Whose password it is; throws for nobody’s. */
async function userOf({ oidc, checkPassword }: Identity, { username, password, address }: Shown): Promise<User> {
  if (oidc) throw new MlflowError('UNAUTHENTICATED', 'This server takes no passwords: sign in at its OpenID provider.');
  const outcome = await checkPassword(username, password, address);
  if (outcome.kind === 'throttled') throw tooManySignIns(outcome.retryAfter);
  if (outcome.kind === 'unknown') throw wrongPassword();
  return outcome.known.user;
}

const wrongPassword = () => new MlflowError('UNAUTHENTICATED', 'Wrong username or password.');
