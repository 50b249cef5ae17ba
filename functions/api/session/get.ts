import { AnswerWithHeaders } from '../../protocol/answer-with-headers.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { NOT_KEPT, wireMode, wireSignedIn } from './wire-session.ts';

/** Who is signed in, how people sign in here, and the token that a page must send with each write. */
export const getSession = defineOperation({
  method: 'GET',
  path: '/tracklet/session',
  since: '2.0',
  request: message({}),
  handle: async (_, { identity, caller }) =>
    new AnswerWithHeaders(
      { ...wireMode(identity), ...(caller && wireSignedIn({ ...caller, ...caller.session })) },
      NOT_KEPT,
    ),
});
