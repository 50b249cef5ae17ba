import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Diff, diffLines, foldSame } from '../../../web/comparison/diff-lines.ts';

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;
const written = ({ lines }: Diff) => lines.map(({ kind, text }) => `${SIGNS[kind]}${text}`);
const side = ({ lines }: Diff, own: 'left' | 'right') => lines.filter((line) => own in line).map((line) => line.text);

/** How long the longest common subsequence is, by the table that everyone knows. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const row = [0];
    for (const [at, other] of b.entries())
      row.push(line === other ? (above[at] ?? 0) + 1 : Math.max(row[at] ?? 0, above[at + 1] ?? 0));
    above = row;
  }
  return above[b.length] ?? 0;
}

describe('two texts', () => {
  test.each([
    ['a\nb\nc\n', 'a\nx\nc\n', [' a', '-b', '+x', ' c']],
    ['a\nb', 'a\nb\n', [' a', ' b']],
    ['a\r\nb\r\n', 'a\nb\n', [' a', ' b']],
    ['', 'a\n', ['+a']],
    ['a\n', '', ['-a']],
    ['', '', []],
    ['\n', 'a\n', ['-', '+a']],
    ['a\nb\nc\na\nb\nb\na', 'c\nb\na\nb\na\nc', ['-a', '-b', ' c', '+b', ' a', ' b', '-b', ' a', '+c']],
  ])('%j and %j are laid over each other', (left, right, expected) => {
    expect(written(diffLines(left, right))).toEqual(expected);
  });

  test('give both back, and share as much as they can', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const diff = diffLines(a.join('\n'), b.join('\n'));
        expect(side(diff, 'left')).toEqual(a);
        expect(side(diff, 'right')).toEqual(b);
        expect(diff.lines.filter(({ kind }) => kind === 'same')).toHaveLength(commonLength(a, b));
        expect(diff.isCoarse).toBe(false);
      }),
      { seed: 1 },
    );
  });

  test('number their lines each by itself', () => {
    expect(diffLines('a\nb', 'x\na\nb').lines).toEqual([
      { kind: 'added', right: 1, text: 'x' },
      { kind: 'same', left: 1, right: 2, text: 'a' },
      { kind: 'same', left: 2, right: 3, text: 'b' },
    ]);
  });

  test('that differ in too much are replaced between what they begin and end with', () => {
    const diff = diffLines('head\n1\nkept\n2\ntail', 'head\n3\nkept\n4\ntail', 3);
    expect(written(diff)).toEqual([' head', '-1', '-kept', '-2', '+3', '+kept', '+4', ' tail']);
    expect(diff.isCoarse).toBe(true);
    expect(diffLines('head\n1\nkept\n2\ntail', 'head\n3\nkept\n4\ntail', 4).isCoarse).toBe(false);
  });

  test('of a hundred thousand lines with nothing in common are given up in time', () => {
    const long = (sign: string) => Array.from({ length: 100_000 }, (_, at) => `${sign}${at}`).join('\n');
    const diff = diffLines(long('a'), long('b'));
    expect(diff).toMatchObject({ isCoarse: true, removedCount: 100_000, addedCount: 100_000 });
  });
});

test('what is the same is folded but for some lines around what differs', () => {
  const letters = [...'abcdefghijklmnop'];
  const { lines } = diffLines(letters.join('\n'), letters.map((each) => (each === 'h' ? 'X' : each)).join('\n'));
  const pieces = foldSame(lines, 2).map(({ kind, lines: own }) => [kind, own.map(({ text }) => text).join('')]);
  expect(pieces).toEqual([
    ['folded', 'abcde'],
    ['lines', 'fghXij'],
    ['folded', 'klmnop'],
  ]);
  expect(foldSame(lines, 6).map(({ kind }) => kind)).toEqual(['lines', 'lines', 'folded']);
  expect(foldSame([], 2)).toEqual([]);
});
