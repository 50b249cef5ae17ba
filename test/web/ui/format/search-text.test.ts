import { expect, test } from 'vitest';
import { parseFilter } from '../../../../functions/search/parse-filter.ts';
import { isQuotable, likeHolding, quoteText } from '../../../../web/ui/format/search-text.ts';

test.each(['plain', "it's", 'say "hi"', "two '' of them", 'a\\b', ''])('%j is said by a filter as it is', (text) => {
  expect(isQuotable(text)).toBe(true);
  expect(parseFilter('runs', `params.a = ${quoteText(text)} AND params.b = 'c'`).conditions).toMatchObject([
    { value: text },
    { value: 'c' },
  ]);
});

test.each([`it's "both"`, 'C:\\'])('%j cannot be said', (text) => {
  expect(isQuotable(text)).toBe(false);
});

test('a pattern leaves a quote open where a text holds both kinds', () => {
  expect(likeHolding(`it's "both"`)).toBe(`"%it's _both_%"`);
});
