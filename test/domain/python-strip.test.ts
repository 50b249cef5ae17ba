import { expect, test } from 'vitest';
import { pythonStrip } from '../../functions/domain/python-strip.ts';

test.each([
  ['', ''],
  ['a', 'a'],
  [' a b ', 'a b'],
  ['\t\n\v\f\ra\u001c\u001d\u001e\u001f', 'a'],
  ['\u0085\u00a0\u1680\u2000\u2028\u2029\u202f\u205f\u3000a\u00a0', 'a'],
  ['\ufeffa\u200b', '\ufeffa\u200b'],
  [' \u0000a ', '\u0000a'],
  [' \t\n', ''],
])('strips %j to %j as Python does', (text, stripped) => {
  expect(pythonStrip(text)).toBe(stripped);
});
