import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fieldPath,
  lengthOf,
  posixNormalize,
  truncate,
  validateLength,
  validateMetricName,
  validateParamName,
  validateTagName,
  validateUniquePath,
} from '../../functions/domain/names.ts';
import { expectRefusal } from './expect-refusal.ts';

const anyText = fc.string({
  unit: fc.constantFrom('a', 'é', '\u{1f600}', '\ud83d', '\ude00', '\u0301'),
  maxLength: 12,
});

describe('lengthOf', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['e\u0301', 2],
    ['\u{1f600}\u{1f600}', 2],
    ['\ud83d', 1],
    ['\ude00\ud83d', 2],
  ])('counts the code points of %j', (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });

  test('counts as iteration does', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(lengthOf(text)).toBe([...text].length);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe('truncate', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['abc', 0, ''],
    ['\u{1f600}\u{1f600}', 2, '\u{1f600}\u{1f600}'],
    ['\u{1f600}\u{1f600}', 1, '\u{1f600}'],
    ['a\u{1f600}b', 2, 'a\u{1f600}'],
    ['\u{1f600}\u{1f600}', 3, '\u{1f600}\u{1f600}'],
  ])('cuts %j to %i code points', (text, limit, cut) => {
    expect(truncate(text, limit)).toBe(cut);
  });

  test('keeps the first code points, as slicing in Python does', () => {
    fc.assert(
      fc.property(anyText, fc.nat(15), (text, limit) => {
        expect(truncate(text, limit)).toBe([...text].slice(0, limit).join(''));
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('validateLength', () => {
  test('lets a text of exactly the limit pass, however many units it has', () => {
    expect(() => validateLength('key', '\u{1f600}'.repeat(250), 250)).not.toThrow();
  });

  test('refuses one code point more', () => {
    expectRefusal(
      () => validateLength('key', 'a'.repeat(251), 250),
      "'key' exceeds the maximum length of 250 characters",
    );
  });
});

describe('posixNormalize', () => {
  test.each([
    ['', '.'],
    ['.', '.'],
    ['..', '..'],
    ['/', '/'],
    ['//', '//'],
    ['///', '/'],
    ['a', 'a'],
    ['a/', 'a'],
    ['./a', 'a'],
    ['a//b', 'a/b'],
    ['a/./b', 'a/b'],
    ['a/../b', 'b'],
    ['a/..', '.'],
    ['../a', '../a'],
    ['../../a', '../../a'],
    ['a/../../b', '../b'],
    ['/..', '/'],
    ['/../a', '/a'],
    ['//a/..', '//'],
    ['//../a', '//a'],
    ['///a', '/a'],
    ['a/...', 'a/...'],
  ])('%j is %j', (path, normal) => {
    expect(posixNormalize(path)).toBe(normal);
  });

  test("agrees with Node's own but for the slashes at both ends", () => {
    const path = fc.array(fc.constantFrom('a', '.', '..', '', 'b.c'), { maxLength: 8 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, (text) => {
        const ours = posixNormalize(text).replace(/^\/\/(?!\/)/, '/');
        expect(ours).toBe(posix.normalize(text).replace(/(.)\/$/, '$1'));
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

const BAD_CHARACTERS =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';
const BAD_PATH =
  'Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to ';

describe('names', () => {
  test.each([
    'loss',
    'val/loss',
    'a.b-c_d e:f',
    'é',
    '漢字',
    '٣',
    'Ⅳ',
    '½',
    '²',
    'ª',
    'a..b',
    'a/.b',
    '.hidden',
    '.a/b',
    ' a ',
    '_',
    ':',
    '-',
    'line\n',
    'a'.repeat(1000),
  ])('%j is a name', (name) => {
    expect(() => validateMetricName(name, 'name')).not.toThrow();
    expect(() => validateParamName(name, 'key')).not.toThrow();
    expect(() => validateTagName(name, 'key')).not.toThrow();
  });

  test.each([
    ['a*b', '"a*b"'],
    ['a\\b', String.raw`"a\\b"`],
    ["it's", `"it's"`],
    ['"', String.raw`"\""`],
    ['a\tb', String.raw`"a\tb"`],
    ['a\nb', String.raw`"a\nb"`],
    ['a\n\n', String.raw`"a\n\n"`],
    ['a\u0000', String.raw`"a\u0000"`],
    ['e\u0301', String.raw`"e\u0301"`],
    ['\u{1f600}', String.raw`"\ud83d\ude00"`],
    ['\u00a0', String.raw`"\u00a0"`],
    ['\u200d', String.raw`"\u200d"`],
    ['\ud800', String.raw`"\ud800"`],
    ['a(b)', '"a(b)"'],
    ['a@b', '"a@b"'],
    ['a%', '"a%"'],
    ['a,b', '"a,b"'],
    ['/a*', '"/a*"'],
  ])('%j holds bad characters', (name, json) => {
    const message = `Invalid value ${json} for parameter 'metrics[0].name' supplied: ${BAD_CHARACTERS}`;
    expectRefusal(() => validateMetricName(name, 'metrics[0].name'), message);
  });

  test.each([
    ['', "'.'"],
    ['.', "'.'"],
    ['./', "'.'"],
    ['..', "'..'"],
    ['../a', "'../a'"],
    ['..a', "'..a'"],
    ['...', "'...'"],
    ['/', "'/'"],
    ['/a', "'/a'"],
    ['//a', "'//a'"],
    ['///a', "'/a'"],
    ['a/', "'a'"],
    ['a//b', "'a/b'"],
    ['./a', "'a'"],
    ['a/./b', "'a/b'"],
    ['a/../b', "'b'"],
    ['a/..', "'.'"],
  ])('%j would resolve to %s', (name, normal) => {
    const message = `Invalid value "${name}" for parameter 'params[3].key' supplied: ${BAD_PATH}${normal}`;
    expectRefusal(() => validateParamName(name, 'params[3].key'), message);
  });

  test('are looked for where MLflow looks when no place is given', () => {
    expectRefusal(() => validateMetricName('*'), `Invalid value "*" for parameter 'name' supplied: ${BAD_CHARACTERS}`);
    expectRefusal(() => validateParamName('*'), `Invalid value "*" for parameter 'key' supplied: ${BAD_CHARACTERS}`);
    expectRefusal(() => validateTagName('*'), `Invalid value "*" for parameter 'key' supplied: ${BAD_CHARACTERS}`);
  });
});

test('validateUniquePath shows the other name as Python prints it', () => {
  const message = `Invalid value "it's/" for parameter 'name' supplied: ${BAD_PATH}"it's"`;
  expectRefusal(() => validateUniquePath("it's/", 'name'), message);
});

test('fieldPath joins a place and a field', () => {
  expect(fieldPath('', 'key')).toBe('key');
  expect(fieldPath('tags[1]', 'key')).toBe('tags[1].key');
});
