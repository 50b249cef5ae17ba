import { cookieName, setCookie, setSessionCookie } from '../../protocol/session-cookie.ts';
import { attemptCookie } from '../identity/oidc/attempts.ts';
import { prefixed, type RawOperation } from '../operation.ts';
import { NOT_KEPT } from '../session/wire-session.ts';
import { callbackUri, providerOf } from './place.ts';
import { refusalPage } from './refusal-page.ts';

/** Where a browser comes back to from the OpenID provider: it gets its session and goes on to where it wanted. */
export const finishSignIn: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: prefixed('2.0', '/tracklet/oidc/callback'),
  respond: async ({ query }, services, { origin, cookie, noteSignIn }) => {
    const oidc = providerOf(services);
    const name = attemptCookie(query.get('state') ?? '');
    // Whatever comes of it, an attempt is made once.
    const spent = setCookie(name, { value: '', maxAgeMs: 0, origin });
    const finished = await oidc.finish(new URL(`${callbackUri(origin)}?${query}`), cookie(cookieName(name, origin)));
    if (finished.kind === 'refused') return refusalPage(finished.reason, spent);
    const session = await services.identity?.sessions.open(finished.user);
    if (!session) return refusalPage('Your user was removed while you signed in.', spent);
    noteSignIn(finished.user.username);
    const maxAgeMs = session.record.expiresAt - session.record.createdAt;
    const headers = new Headers({ ...NOT_KEPT, location: finished.returnTo });
    headers.append('set-cookie', spent);
    headers.append('set-cookie', setSessionCookie({ value: session.text, maxAgeMs, origin }));
    return new Response(null, { status: 302, headers });
  },
};
