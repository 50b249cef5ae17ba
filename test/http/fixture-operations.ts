import { defineOperation, type Operation, prefixed } from '../../functions/api/operation.ts';
import { MlflowError } from '../../functions/domain/errors.ts';
import { textOrEmpty } from '../../functions/protocol/common.ts';
import { list, message } from '../../functions/protocol/message.ts';
import { flag, int64, text } from '../../functions/protocol/scalars.ts';

const echoed = message({
  id: text('Part of the path'),
  run_id: text('A text'),
  max_results: int64('A number'),
  is_on: flag('A flag'),
  items: list(textOrEmpty('An item'), 'Texts'),
});

const echo = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, audience?: 'ajax') =>
  defineOperation({ method, path, since: '2.0', audience, request: echoed, handle: async (input) => input });

const failing = (path: string, error: Error) =>
  defineOperation({
    method: 'GET',
    path,
    since: '2.0',
    request: message({}),
    handle: () => Promise.reject(error),
  });

/** What went wrong deep inside, in words that no client may see. */
export const INNER_ERROR = new Error('secret of the house');

/** Operations that answer what they were asked, and some that fail. */
export const fixtureOperations: readonly Operation[] = [
  echo('POST', '/test/echo'),
  echo('GET', '/test/echo'),
  echo('PATCH', '/test/echo/:id'),
  echo('DELETE', '/test/echo/:id'),
  echo('GET', '/test/browser', 'ajax'),
  failing('/test/unexpected', INNER_ERROR),
  failing('/test/unavailable', new MlflowError('TEMPORARILY_UNAVAILABLE', 'later', { cause: INNER_ERROR })),
  failing('/test/throttled', new MlflowError('REQUEST_LIMIT_EXCEEDED', 'slower', { cause: INNER_ERROR })),
  failing('/test/refused', new MlflowError('INVALID_PARAMETER_VALUE', 'no', { cause: INNER_ERROR })),
  {
    kind: 'raw',
    method: 'PUT',
    paths: prefixed('2.0', '/test/files/:path{.+}'),
    respond: async ({ request, params, query }) =>
      new Response(`${params.path} ${query.getAll('q')} ${await request.text()}`),
  },
];
