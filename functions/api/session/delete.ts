import { AnswerWithHeaders } from '../../protocol/answer-with-headers.ts';
import { message } from '../../protocol/message.ts';
import { clearSessionCookie } from '../../protocol/session-cookie.ts';
import { defineOperation } from '../operation.ts';
import { NOT_KEPT } from './wire-session.ts';

/** Signs out: ends the session, at once and everywhere, and takes its cookie away, also of one that was over already. */
export const deleteSession = defineOperation({
  method: 'DELETE',
  path: '/tracklet/session',
  since: '2.0',
  request: message({}),
  handle: async (_, { identity, caller }, { origin }) => {
    if (caller?.session) await identity?.store.deleteSession(caller.username, caller.session.sessionId);
    return new AnswerWithHeaders({}, { ...NOT_KEPT, 'set-cookie': clearSessionCookie(origin) });
  },
});
