import { describe, expect, test } from 'vitest';
import { changedWords, partnersOf } from '../../../web/comparison/changed-words.ts';
import { diffLines } from '../../../web/comparison/diff-lines.ts';

/** The pieces of a line, what is changed in brackets. */
const marked = (text: string, other: string) =>
  changedWords(text, other)
    ?.map((piece) => (piece.isChanged ? `[${piece.text}]` : piece.text))
    .join('');

describe('the words of a line', () => {
  test.each([
    ['Be ada alone.', 'Be bob alone.', 'Be [ada] alone.'],
    ['lr: 0.15 # high', 'lr: 0.2 # high', 'lr: 0.[15] # high'],
    ['größer als drei', 'kleiner als drei', '[größer] als drei'],
    ['one two three', 'one three', 'one [two ]three'],
    ['one three', 'one two three', 'one three'],
  ])('%j are marked where %j has others', (text, other, expected) => {
    expect(marked(text, other)).toBe(expected);
  });

  test('are not marked where the lines share little, or are too long', () => {
    expect(changedWords('quite another thing', 'a line of its own')).toBeUndefined();
    expect(changedWords('x'.repeat(5_000), 'x'.repeat(5_000))).toBeUndefined();
  });
});

test('lines that were replaced have those in their place as partners, others have none', () => {
  const { lines } = diffLines('a\n1\n2\nb\nc\n3', 'a\nx\nb\nnew\nc\ny\nz');
  const pairs = [...partnersOf(lines)].filter(([{ kind }]) => kind === 'removed');
  expect(pairs.map(([line, partner]) => `${line.text} ${partner.text}`)).toEqual(['1 x', '3 y']);
});
