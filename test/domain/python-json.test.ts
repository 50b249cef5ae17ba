import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPACT_LAYOUT, DEFAULT_LAYOUT, pythonFloat, pythonJson } from '../../functions/domain/python-json.ts';

const compact = (value: unknown) => pythonJson(value, COMPACT_LAYOUT);

describe('pythonJson', () => {
  test.each([
    [null, 'null'],
    [undefined, 'null'],
    [true, 'true'],
    [false, 'false'],
    [41, '41'],
    [-7, '-7'],
    [0.5, '0.5'],
    [1e-5, '1e-05'],
    [1e22, '1e+22'],
    [10n ** 20n, '100000000000000000000'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    ['', '""'],
    ['a"b\\c/d', String.raw`"a\"b\\c/d"`],
    ['\b\f\n\r\t\u0001\u007f', String.raw`"\b\f\n\r\t\u0001\u007f"`],
    ['é\u2028', String.raw`"\u00e9\u2028"`],
    ['\u{1f600}', String.raw`"\ud83d\ude00"`],
    ['\ud800', String.raw`"\ud800"`],
    [[], '[]'],
    [{}, '{}'],
    [[1, ['a']], '[1,["a"]]'],
    [{ b: 1, a: { d: 2, c: [] } }, '{"a":{"c":[],"d":2},"b":1}'],
  ])('writes case %# as Python does', (value, text) => {
    expect(compact(value)).toBe(text);
  });

  test('sorts keys by code point, not by UTF-16 unit', () => {
    expect(compact({ '\u{1f600}': 1, '\uff01': 2 })).toBe(String.raw`{"\uff01":2,"\ud83d\ude00":1}`);
  });

  test('keeps the order of keys and sets blanks in the default layout', () => {
    expect(pythonJson({ b: [1, 2], a: null }, DEFAULT_LAYOUT)).toBe('{"b": [1, 2], "a": null}');
  });

  test('writes what JSON.parse reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = compact(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).toMatch(/^[ -~]*$/);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('pythonFloat', () => {
  test.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-2.5, '-2.5'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [123456789012345.6, '123456789012345.6'],
    [1e15, '1000000000000000.0'],
    [2 ** 53, '9007199254740992.0'],
    [1e16, '1e+16'],
    [1.25e16, '1.25e+16'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [-1e-300, '-1e-300'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('writes %d as %s', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  test('loses nothing', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(pythonFloat(value))).toBe(value);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
