import { describe, expect, test } from 'vitest';
import { openTestApp, valueAt } from '../support/test-app.ts';
import { fixtureOperations } from './fixture-operations.ts';

const app = await openTestApp(fixtureOperations);
const ECHO = '/api/2.0/test/echo';
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string | undefined, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  app.call('POST', ECHO, body, headers);
const expectRefused = async (answer: ReturnType<typeof post>, message: unknown) => {
  expect((await answer).body).toEqual({ error_code: 'INVALID_PARAMETER_VALUE', message });
  expect((await answer).status).toBe(400);
};

describe('a JSON body', () => {
  test.each([undefined, '', '  \n', 'null', '{}', '"null"', '"{}"'])('%j is an empty message', async (body) => {
    expect(await post(body)).toMatchObject({ status: 200, body: { items: [] } });
  });

  test('keeps integers beyond 2^53, in and out', async () => {
    const answer = await post('{"max_results":9223372036854775807}');
    expect(valueAt(answer, 'max_results')).toBe(9223372036854775807n);
    const response = await app.fetch(
      new Request(`http://127.0.0.1${ECHO}`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: '{"max_results":"-9223372036854775808"}',
      }),
    );
    expect(await response.text()).toContain('"max_results":-9223372036854775808');
  });

  test('that old clients encode twice is decoded twice', async () => {
    const once = JSON.stringify({ run_id: 'a "quoted" one', items: ['x'] });
    expect(await post(JSON.stringify(once))).toMatchObject({ body: { run_id: 'a "quoted" one', items: ['x'] } });
  });

  test.each(['[]', '[{}]', '5', 'true', '"[]"', '"5"'])('%s is no message', async (body) => {
    await expectRefused(post(body), 'Invalid request body: it must be a JSON object.');
  });

  test.each(['{', '{"run_id":"r"', "{'run_id':'r'}", 'NaN', '{"max_results":NaN}', '""', '"{"', 'x', '{}{}'])(
    '%j is no JSON',
    async (body) => {
      await expectRefused(post(body), expect.stringMatching(/^Invalid request body: it must be a JSON object\. /));
    },
  );

  test('nested beyond all bounds is refused', async () => {
    const deep = (levels: number) => `${'['.repeat(levels)}9007199254740993${']'.repeat(levels)}`;
    expect((await post(`{"run_id":${deep(50_000)}}`)).status).toBe(400);
    expect((await post(`{"run_id":${deep(3000)}}`)).status).toBe(400);
  });

  test('does not take fields from the query', async () => {
    const answer = await app.call('POST', `${ECHO}?run_id=r`, {});
    expect(answer.body).toEqual({ items: [] });
  });

  test('may be spelt in camelCase', async () => {
    expect(await post('{"runId":"r","maxResults":"5","isOn":"TRUE"}')).toMatchObject({
      body: { run_id: 'r', max_results: 5, is_on: true },
    });
  });
});

describe('the content type', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8'])(
    '%s is JSON',
    async (type) => {
      expect((await post('{}', { 'content-type': type })).status).toBe(200);
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'multipart/form-data; boundary=x',
  ])('%s is not', async (type) => {
    await expectRefused(
      post('{}', { 'content-type': type }),
      "Bad Request. Content-Type must be one of ['application/json'].",
    );
  });

  test('of a POST must be given', async () => {
    const request = new Request(`http://127.0.0.1${ECHO}`, { method: 'POST', body: new Uint8Array([123, 125]) });
    const response = await app.fetch(request);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error_code: 'INVALID_PARAMETER_VALUE',
      message: 'Bad Request. Content-Type header is missing.',
    });
  });

  test('of a PATCH or DELETE need not be', async () => {
    for (const method of ['PATCH', 'DELETE']) {
      const answer = await app.call(method, `${ECHO}/x`, new Uint8Array(Buffer.from('{"run_id":"r"}')), {});
      expect(answer).toMatchObject({ status: 200, body: { id: 'x', run_id: 'r' } });
    }
  });
});

describe('parts of the path', () => {
  test('win over the body and are decoded once', async () => {
    expect(await app.call('PATCH', `${ECHO}/a%2Fb%2520c+d`, { id: 'other' })).toMatchObject({
      body: { id: 'a/b%20c+d' },
    });
  });

  test('come without a body as well', async () => {
    expect(await app.call('DELETE', `${ECHO}/x`)).toMatchObject({ status: 200, body: { id: 'x' } });
  });
});

describe('a query', () => {
  const get = (query: string) => app.call('GET', `${ECHO}?${query}`);

  test.each([
    ['', { items: [] }],
    ['items=a', { items: ['a'] }],
    ['items=a&items=b&items=', { items: ['a', 'b', ''] }],
    ['run_id=a&run_id=b', { run_id: 'a', items: [] }],
    ['run_id=', { run_id: '', items: [] }],
    ['run_id=a+b%2Bc%20%C3%A9', { run_id: 'a b+c é', items: [] }],
    ['max_results=5&is_on=True', { max_results: 5, is_on: true, items: [] }],
    ['max_results=9223372036854775807', { max_results: 9223372036854775807n, items: [] }],
    ['unknown=1&__proto__=2&constructor=3', { items: [] }],
    ['runId=r', { items: [] }],
  ])('%j is read', async (query, message) => {
    const answer = await get(query);
    expect(answer.body).toEqual(message);
    expect(answer.status).toBe(200);
  });

  test.each([
    ['max_results=x', 'max_results', '"x"'],
    ['is_on=maybe', 'is_on', '"maybe"'],
  ])('%j is refused', async (query, field, json) => {
    await expectRefused(
      get(query),
      `Invalid value ${json} for parameter '${field}' supplied:  Hint: Value was of type 'str'. See the API docs for ` +
        'more information about request parameters.',
    );
  });
});
