import { describe, expect, test } from 'vitest';
import { openTestApp } from '../support/test-app.ts';
import { fixtureOperations, INNER_ERROR } from './fixture-operations.ts';

const app = await openTestApp(fixtureOperations);
const ECHO = '/api/2.0/test/echo';

describe('routes', () => {
  test.each(['/api', '/ajax-api'])('an operation answers below %s', async (prefix) => {
    const answer = await app.call('POST', `${prefix}/2.0/test/echo`, { run_id: 'r' });
    expect(answer).toMatchObject({ status: 200, body: { run_id: 'r', items: [] } });
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  test('one for browsers answers below /ajax-api alone', async () => {
    expect((await app.call('GET', '/ajax-api/2.0/test/browser')).status).toBe(200);
    expect((await app.call('GET', '/api/2.0/test/browser')).status).toBe(404);
  });

  test('a raw operation gets the rest of the path, the query and the body', async () => {
    const answer = await app.call('PUT', '/api/2.0/test/files/a/b?q=1&q=2', 'body', {});
    expect(answer).toMatchObject({ status: 200, body: 'a/b 1,2 body' });
  });

  test.each([
    ['GET', '/nowhere', '/nowhere'],
    ['POST', '/api/2.0/test/nothing', '/api/2.0/test/nothing'],
    ['GET', '/api/3.0/test/echo', '/api/3.0/test/echo'],
    ['GET', '/api/2.0/test/echo/', '/api/2.0/test/echo/'],
    ['GET', '/API/2.0/test/echo', '/API/2.0/test/echo'],
    ['GET', '/', '/'],
  ])('404: %s %s is no endpoint', async (method, path, shown) => {
    const answer = await app.call(method, path);
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({ error_code: 'ENDPOINT_NOT_FOUND', message: `No endpoint at ${shown}.` });
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  test.each([
    ['PUT', ECHO, 'POST, GET'],
    ['OPTIONS', ECHO, 'POST, GET'],
    ['POST', '/api/2.0/test/unexpected', 'GET'],
    ['GET', `${ECHO}/x`, 'PATCH, DELETE'],
    ['HEAD', `${ECHO}/x`, 'PATCH, DELETE'],
    ['GET', '/api/2.0/test/files/x', 'PUT'],
  ])('405: %s %s tells the methods allowed', async (method, path, allowed) => {
    const answer = await app.call(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allowed);
    if (method !== 'HEAD') expect(answer.body).toMatchObject({ error_code: 'METHOD_NOT_ALLOWED' });
  });

  test('HEAD is GET without the body', async () => {
    const answer = await app.call('HEAD', `${ECHO}?run_id=r`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    const response = await app.fetch(new Request(`http://127.0.0.1${ECHO}`, { method: 'HEAD' }));
    expect(await response.text()).toBe('');
  });
});

describe('slashes', () => {
  test.each([
    ['/api/2.0/test//echo', '/api/2.0/test/echo'],
    ['/api///2.0/test//echo?run_id=a//b', '/api/2.0/test/echo?run_id=a//b'],
  ])('308: %s is told its place', async (path, location) => {
    for (const method of ['GET', 'POST']) {
      const response = await app.fetch(new Request(`http://127.0.0.1${path}`, { method, redirect: 'manual' }));
      expect(response.status).toBe(308);
      expect(response.headers.get('location')).toBe(location);
    }
  });

  test('more slashes at the start are one', async () => {
    expect(await app.call('GET', '//api/2.0/test/echo?run_id=r')).toMatchObject({ status: 200, body: { run_id: 'r' } });
  });

  test.each([
    ['/%5C%5Cevil.example//x', '/%5C%5Cevil.example/x'],
    ['/a//%E6%BC%A2%20%25', '/a/%E6%BC%A2%20%25'],
    ['/a//%0d%0aset-cookie:x', '/a/%0d%0aset-cookie:x'],
    ['/a//%', '/a/%'],
  ])('308: the place of %s stays escaped, so that it is on this server', async (path, location) => {
    const response = await app.fetch(new Request(`http://127.0.0.1${path}`, { redirect: 'manual' }));
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(location);
  });
});

test.each([
  ['GET', ECHO, 200],
  ['GET', '/nowhere', 404],
  ['PUT', ECHO, 405],
  ['GET', `${ECHO}?max_results=x`, 400],
  ['GET', '/api/2.0/test/unexpected', 500],
  ['GET', '/api/2.0/test/unavailable', 503],
])('%s %s: status %d comes with security headers', async (method, path, status) => {
  const answer = await app.call(method, path);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
});

describe('failures', () => {
  /** The answer to a GET, and what the app reported meanwhile. */
  const callAndReports = async (path: string) => {
    const before = app.reports.length;
    const answer = await app.call('GET', `/api/2.0/test/${path}`);
    return { answer, reports: app.reports.slice(before) };
  };

  test('an unexpected error is 500 without its words, and reported once with its cause', async () => {
    const { answer, reports } = await callAndReports('unexpected');
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      error_code: 'INTERNAL_ERROR',
      message: 'Internal error; the server log has the details.',
    });
    expect(reports).toEqual([{ message: 'unexpected error', cause: INNER_ERROR }]);
  });

  test('storage that does not answer is 503 with a time to wait, and reported once', async () => {
    const { answer, reports } = await callAndReports('unavailable');
    expect(answer.status).toBe(503);
    expect(answer.body).toEqual({ error_code: 'TEMPORARILY_UNAVAILABLE', message: 'later' });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(reports).toEqual([{ message: 'later', cause: INNER_ERROR }]);
  });

  test('throttling is 429 with a time to wait', async () => {
    const { answer } = await callAndReports('throttled');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  test('a refusal is not reported: it is the client who is to know', async () => {
    const { answer, reports } = await callAndReports('refused');
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' } });
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(reports).toEqual([]);
  });
});
