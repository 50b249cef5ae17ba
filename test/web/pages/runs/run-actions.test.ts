import { expect, test } from 'vitest';
import { listOfNames } from '../../../../web/pages/runs/run-actions.ts';

test.each([
  [['a'], '“a”'],
  [['a', 'b'], '“a” and “b”'],
  [['a', 'b', 'c'], '“a”, “b” and “c”'],
  [['a', 'b', 'c', 'd', 'e'], '“a”, “b”, “c” and 2 more'],
])('what goes is named: %j', (names, text) => {
  expect(listOfNames(names)).toBe(text);
});
