import { setCookie } from '../../protocol/session-cookie.ts';
import { ATTEMPT_MS, attemptCookie } from '../identity/oidc/attempts.ts';
import { prefixed, type RawOperation } from '../operation.ts';
import { NOT_KEPT } from '../session/wire-session.ts';
import { callbackUri, providerOf } from './place.ts';
import { parseReturnTo } from './return-to.ts';

/** Sends a browser to the OpenID provider. `return_to` is the path of ours where it ends, `/` when absent. */
export const beginSignIn: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: prefixed('2.0', '/tracklet/oidc/login'),
  respond: async ({ query }, services, { origin }) => {
    const oidc = providerOf(services);
    const { url, state, sealed } = await oidc.begin(callbackUri(origin), parseReturnTo(query.get('return_to'), origin));
    const cookie = setCookie(attemptCookie(state), { value: sealed, maxAgeMs: ATTEMPT_MS, origin });
    return new Response(null, { status: 302, headers: { ...NOT_KEPT, location: url, 'set-cookie': cookie } });
  },
};
