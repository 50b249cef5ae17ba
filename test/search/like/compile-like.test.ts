import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileIlike, compileLike } from '../../../functions/search/like/compile-like.ts';

const letter = fc.constantFrom('a', 'b', 'A', '_', '%', '😀');
const wordOf = (maxLength: number) => fc.array(letter, { maxLength }).map((letters) => letters.join(''));

/** The textbook's matcher: right, and slow. */
function matchesSlowly([head, ...pattern]: readonly string[], text: readonly string[]): boolean {
  if (head === undefined) return text.length === 0;
  if (head !== '%')
    return text.length > 0 && (head === '_' || head === text[0]) && matchesSlowly(pattern, text.slice(1));
  return matchesSlowly(pattern, text) || (text.length > 0 && matchesSlowly([head, ...pattern], text.slice(1)));
}

describe('compileLike', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'Abc', false],
    ['abc', 'abcd', false],
    ['', '', true],
    ['', 'a', false],
    ['%', '', true],
    ['a%', 'a', true],
    ['%a', 'ba', true],
    ['%a', 'ab', false],
    ['a%a', 'a', false],
    ['%ab%ab%', 'xabxab', true],
    ['%ab%ab%', 'xabx', false],
    ['%aab%', 'aaab', true],
    ['_', '😀', true],
    ['__', '😀', false],
    ['_', '', false],
    ['a_c', 'abc', true],
    ['a\\_c', 'a_c', false],
    ['%\\%', 'a\\', true],
    ['%.%', 'ab', false],
    ['%b_d%', 'abcde', true],
    ['%b_d%', 'abce', false],
    ['%_b%_b', 'abab', true],
    ['é', 'é', true],
    ['line_', 'line\n', true],
  ])('%j matches %j: %s', (pattern, text, matches) => {
    expect(compileLike(pattern)(text)).toBe(matches);
  });

  it('agrees with the textbook', () => {
    fc.assert(
      fc.property(wordOf(8), wordOf(10), (pattern, text) => {
        expect(compileLike(pattern)(text)).toBe(matchesSlowly([...pattern], [...text]));
      }),
      { seed: 5, numRuns: 3000 },
    );
  });

  it('finds a long piece with wildcards where it was put', () => {
    const place = fc.nat({ max: 200 });
    const piece = fc.array(fc.constantFrom('a', 'b', '_'), { minLength: 20, maxLength: 130 });
    fc.assert(
      fc.property(piece, place, place, (letters, before, after) => {
        const filled = letters.map((one) => (one === '_' ? 'z' : one)).join('');
        const pattern = `%${letters.join('')}_%`;
        expect(compileLike(pattern)(`${'a'.repeat(before)}${filled}y${'a'.repeat(after)}`)).toBe(true);
        expect(compileLike(pattern)(filled)).toBe(false);
      }),
      { seed: 6 },
    );
  });

  it.each([
    [`%${'a'.repeat(4000)}b%`, 'a'.repeat(8000)],
    [`%b${'a'.repeat(4000)}%`, 'a'.repeat(8000)],
    ['%a'.repeat(4000), `${'a'.repeat(3999)}b`],
    ['%a_'.repeat(4000), 'a'.repeat(7999)],
    [`%${'_'.repeat(1000)}b%`, 'a'.repeat(8000)],
    [`${'_'.repeat(20_000)}%`, 'a'.repeat(8000)],
  ])('answers to a bad pattern as fast as to a good one', (pattern, text) => {
    const matches = compileLike(pattern);
    for (let round = 0; round < 20; round += 1) expect(matches(text)).toBe(false);
  });
});

describe('compileIlike', () => {
  it.each([
    ['AbC', 'aBc', true],
    ['%B_D', 'abcd', true],
    ['Ünï', 'ÜNï', true],
    ['ünï', 'Ünï', false],
    ['ünï', 'ÜNÏ', false],
    ['k', '\u212a', false],
    ['[', '{', false],
  ])('%j matches %j: %s', (pattern, text, matches) => {
    expect(compileIlike(pattern)(text)).toBe(matches);
  });
});
