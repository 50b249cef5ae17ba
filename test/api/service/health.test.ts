import { expect, test } from 'vitest';
import { openTestApp } from '../../support/test-app.ts';

const app = await openTestApp();

test.each([
  ['/health', 'OK'],
  ['/version', '3.17.2'],
])('%s is plain text, to GET and to HEAD', async (path, text) => {
  const answer = await app.call('GET', path);
  expect(answer).toMatchObject({ status: 200, body: text });
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await app.call('HEAD', path)).toMatchObject({ status: 200, body: '' });
});
