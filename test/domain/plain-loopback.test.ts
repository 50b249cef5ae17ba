import { expect, test } from 'vitest';
import { isPlainLoopback } from '../../functions/domain/plain-loopback.ts';

test.each([
  ['http://127.0.0.1:1', true],
  ['http://127.1.2.3', true],
  ['http://localhost/x', true],
  ['http://[::1]', true],
  ['https://127.0.0.1', false],
  ['http://127.0.0.1.example.org', false],
  ['http://localhost.example.org', false],
  ['http://10.0.0.1', false],
])('%s: %s', (url, expected) => {
  expect(isPlainLoopback(new URL(url))).toBe(expected);
});
