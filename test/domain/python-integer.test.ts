import { expect, test } from 'vitest';
import { pythonInteger } from '../../functions/domain/python-integer.ts';

test.each([
  ['7', 7],
  [' +1_0\n', 10],
  ['-0', 0],
  ['', undefined],
  ['1.0', undefined],
  ['_1', undefined],
])('int(%j) is %s', (text, number) => {
  expect(pythonInteger(text)).toBe(number);
});
