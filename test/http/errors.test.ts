import { describe, expect, test } from 'vitest';
import { type ErrorCode, HTTP_STATUS_OF, invalidParameter, MlflowError } from '../../functions/domain/errors.ts';
import { errorResponse } from '../../functions/http/errors.ts';

/** The response to an error, and what was reported. */
async function respond(error: unknown) {
  const reports: (readonly [string, unknown])[] = [];
  const response = errorResponse(error, (message, cause) => reports.push([message, cause]));
  return { status: response.status, headers: response.headers, body: await response.json(), reports };
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(HTTP_STATUS_OF, code);
const codes = Object.keys(HTTP_STATUS_OF).filter(isCode);

test.each(codes)('%s has its status and two keys', async (code) => {
  const { status, body, headers } = await respond(new MlflowError(code, 'because'));
  expect(status).toBe(HTTP_STATUS_OF[code]);
  expect(body).toEqual({ error_code: code, message: 'because' });
  expect(headers.get('content-type')).toBe('application/json');
});

describe('reports', () => {
  test('nothing of what the client did wrong', async () => {
    expect((await respond(invalidParameter('no', new Error('inner')))).reports).toEqual([]);
  });

  test('the cause of an error of ours, or the error itself', async () => {
    const cause = new Error('inner');
    expect((await respond(new MlflowError('INTERNAL_ERROR', 'm', { cause }))).reports).toEqual([['m', cause]]);
    const error = new MlflowError('INTERNAL_ERROR', 'm');
    expect((await respond(error)).reports).toEqual([['m', error]]);
  });

  test.each([new Error('inner'), 'inner', undefined, null, { message: 'inner' }])(
    'whatever else was thrown, of which nothing goes out: %s',
    async (thrown) => {
      const { status, body, reports } = await respond(thrown);
      expect(status).toBe(500);
      expect(JSON.stringify(body)).not.toContain('inner');
      expect(reports).toEqual([['unexpected error', thrown]]);
    },
  );
});

test.each(codes)('%s asks the client to wait only where waiting helps', async (code) => {
  const { headers } = await respond(new MlflowError(code, 'm'));
  const helps = code === 'REQUEST_LIMIT_EXCEEDED' || code === 'TEMPORARILY_UNAVAILABLE';
  expect(headers.get('retry-after')).toBe(helps ? '1' : null);
});
