import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from '../../functions/domain/code-points.ts';

test.each([
  ['', '', 0],
  ['a', 'a', 0],
  ['a', 'b', -1],
  ['b', 'a', 1],
  ['a', 'ab', -1],
  ['ab', 'a', 1],
  ['Abc', 'ab', -1],
  ['10', '9', -1],
  ['\uff01', '\u{1f600}', -1],
  ['\u{1f600}', '\uff01', 1],
  ['\u{1f600}', '\u{1f601}', -1],
  ['\ue000', '\ud800', -1],
])('orders %j and %j by code point', (a, b, sign) => {
  expect(Math.sign(compareCodePoints(a, b))).toBe(sign);
});

test('agrees with the arrays of code points', () => {
  const points = (text: string) => Array.from(text, (char) => Number(char.codePointAt(0)));
  const compareArrays = (a: readonly number[], b: readonly number[]): number => {
    const at = a.findIndex((point, index) => point !== b[index]);
    if (at < 0) return a.length - b.length;
    return at < b.length ? Number(a[at]) - Number(b[at]) : 1;
  };
  const text = fc.string({ unit: 'binary', maxLength: 5 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(compareArrays(points(a), points(b))));
    }),
    { seed: 1, numRuns: 500 },
  );
});
