import { describe, expect, test } from 'vitest';
import {
  exceedsMaximumLength,
  invalidValue,
  missingValue,
  pythonRepr,
  pythonReprOfList,
} from '../../functions/domain/messages.ts';

describe('invalidValue', () => {
  test('ends with a full stop when there is no detail', () => {
    expect(invalidValue('run_id', 'a b')).toBe(`Invalid value "a b" for parameter 'run_id' supplied.`);
  });

  test('ends with the detail as it stands', () => {
    expect(invalidValue('value', 41, " Hint: Value was of type 'int'.")).toBe(
      "Invalid value 41 for parameter 'value' supplied:  Hint: Value was of type 'int'.",
    );
  });

  test('takes an empty detail for none', () => {
    expect(invalidValue('a', null, '')).toBe("Invalid value null for parameter 'a' supplied.");
  });

  test('shows a value as compact, sorted, ASCII JSON', () => {
    expect(invalidValue('x', { b: [1, Number.NaN], a: 'é', c: 2n ** 63n })).toBe(
      String.raw`Invalid value {"a":"\u00e9","b":[1,NaN],"c":9223372036854775808} for parameter 'x' supplied.`,
    );
  });
});

test('missingValue names the parameter', () => {
  expect(missingValue('metrics[0].key')).toBe("Missing value for required parameter 'metrics[0].key'.");
});

test('exceedsMaximumLength names the parameter and its limit', () => {
  expect(exceedsMaximumLength('key', 250)).toBe("'key' exceeds the maximum length of 250 characters");
});

describe('pythonRepr', () => {
  test.each([
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", `"it's"`],
    ['say "hi"', `'say "hi"'`],
    [`it's "it"`, String.raw`'it\'s "it"'`],
    ['a\\b', String.raw`'a\\b'`],
    ['\n\r\t', String.raw`'\n\r\t'`],
    ['\u0000\u0007\u001b\u007f', String.raw`'\x00\x07\x1b\x7f'`],
    ['\u0085\u00a0\u00ad', String.raw`'\x85\xa0\xad'`],
    ['é漢\u0301', "'é漢\u0301'"],
    ['\u{1f600}', "'\u{1f600}'"],
    ['\u200b\u2028\ufeff\ue000', String.raw`'\u200b\u2028\ufeff\ue000'`],
    ['\u{e0001}\u{10ffff}', String.raw`'\U000e0001\U0010ffff'`],
    ['\ud800', String.raw`'\ud800'`],
    ['\u3000', String.raw`'\u3000'`],
  ])('writes %j as Python does', (text, repr) => {
    expect(pythonRepr(text)).toBe(repr);
  });
});

test.each([
  [[], '[]'],
  [['a'], "['a']"],
  [['a', "b'"], `['a', "b'"]`],
])('pythonReprOfList writes %j as Python does', (values, repr) => {
  expect(pythonReprOfList(values)).toBe(repr);
});
