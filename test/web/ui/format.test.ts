import { describe, expect, test } from 'vitest';
import { formatCount, formatNumber } from '../../../web/ui/format/number.ts';
import { likeHolding, quoteText } from '../../../web/ui/format/search-text.ts';
import { formatDuration, formatRelative } from '../../../web/ui/format/time.ts';

describe('formatNumber', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [0.1 + 0.2, '0.3'],
    [0.123456789, '0.12346'],
    [-1.5, '−1.5'],
    [123456.789, '123,457'],
    [1234, '1,234'],
    [0.00012345678, '0.00012346'],
    [0.0000012345678, '1.2346e−6'],
    [1e-7, '1e−7'],
    [1e300, '1e300'],
    [12345678901, '1.2346e10'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d is read as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

test.each([
  [0, '0 runs'],
  [1, '1 run'],
  [12345, '12,345 runs'],
])('%d runs are counted as "%s"', (count, text) => {
  expect(formatCount(count, 'run')).toBe(text);
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [12_345, '12.3 s'],
  [59_999, '59.9 s'],
  [200_000, '3 m 20 s'],
  [3_600_000, '1 h'],
  [18_720_000, '5 h 12 m'],
  [183_600_000, '2 d 3 h'],
  [-5, '0 ms'],
])('%d ms take %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [0, 'just now'],
  [-59_000, 'just now'],
  [-60_000, '1 minute ago'],
  [-7_300_000, '2 hours ago'],
  [-86_400_000, '1 day ago'],
  [-40 * 86_400_000, '1 month ago'],
  [90_000, 'in 1 minute'],
])('%d ms from now is %s', (distance, text) => {
  expect(formatRelative(1_700_000_000_000 + distance, 1_700_000_000_000)).toBe(text);
});

describe('quoteText', () => {
  test('takes the quotes that the text does not hold', () => {
    expect(quoteText('adam')).toBe("'adam'");
    expect(quoteText("it's")).toBe('"it\'s"');
  });

  test('makes a pattern of what a text holds', () => {
    expect(likeHolding('net')).toBe("'%net%'");
  });
});
