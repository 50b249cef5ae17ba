import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../functions/search/lexer.ts';

const lex = (source: string) => tokenize(source).map(({ kind, text }) => `${kind}<${text}>`);
const lexOne = (source: string) => lex(source).slice(0, -1).join(' ');

describe('tokenize', () => {
  it.each([
    ['run_id', 'Identifier<run_id>'],
    ['metrics.m', 'Identifier<metrics.m>'],
    ['tags.`a b`.c', 'Identifier<tags.`a b`.c>'],
    ['tags."a.b"', 'Identifier<tags."a.b">'],
    ["tags.'a b'", "Identifier<tags.'a b'>"],
    ['"tags".a', 'Identifier<"tags".a>'],
    ['"run name"', 'String<"run name">'],
    ['`run name`', 'Identifier<`run name`>'],
    ['`a``b`', 'Identifier<`a``b`>'],
    ['tags.', 'Identifier<tags.>'],
    ['tags.1x', 'Identifier<tags.1x>'],
    ['params.x-y/z', 'Identifier<params.x-y/z>'],
    ['tags.é漢_1', 'Identifier<tags.é漢_1>'],
    ["'a'", "String<'a'>"],
    ["'a''b'", "String<'a''b'>"],
    ["'a\\'b'", "String<'a\\'b'>"],
    ["'a\\'", "String<'a\\'>"],
    ["'a''", "String<'a'> Unknown<'>"],
    ['"a\'b"', 'String<"a\'b">'],
    ['1', 'Number<1>'],
    ['-1.5', 'Number<-1.5>'],
    ['1.', 'Number<1.>'],
    ['-.5e-3', 'Number<-.5e-3>'],
    ['1E+5', 'Number<1E+5>'],
    ['1_0', 'Identifier<1_0>'],
    ['0AND', 'Identifier<0AND>'],
    ['>=-1', 'Comparator<>=> Number<-1>'],
    ["=~'a'", "Comparator<=~> String<'a'>"],
    ["('a',);", "(<(> String<'a'> ,<,> )<)> ;<;>"],
    ['- +', 'Unknown<-> Unknown<+>'],
    ['😀', 'Unknown<😀>'],
    ['\ud83d', 'Unknown<\ud83d>'],
    ["'abc", "Unknown<'abc>"],
    ['`abc', 'Unknown<`abc>'],
    ['tags.`abc', 'Identifier<tags.> Unknown<`abc>'],
    [' \t\n\u00a0a ', 'Identifier<a>'],
    ['', ''],
  ])('cuts %j into %s', (source, tokens) => {
    expect(lexOne(source)).toBe(tokens);
  });

  it('loses nothing but blanks', () => {
    const filters = fc
      .array(fc.constantFrom(...'ab1.-\'"`\\ ,()=<>;é😀_/'), { maxLength: 30 })
      .map((chars) => chars.join(''));
    fc.assert(
      fc.property(filters, (source) => {
        const tokens = tokenize(source);
        const between = tokens.map(({ start }, at) => source.slice(tokens[at - 1]?.end ?? 0, start));
        expect(between.join('').trim()).toBe('');
        expect(tokens.map(({ start, end }) => source.slice(start, end))).toEqual(tokens.map(({ text }) => text));
      }),
      { seed: 1 },
    );
  });
});
