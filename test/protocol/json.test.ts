import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson, stringifyJson, wireDouble } from '../../functions/protocol/json.ts';

describe('parseJson', () => {
  test.each([
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['[1,9007199254740993]', [1, 9007199254740993n]],
    ['[9007199254740993,1]', [9007199254740993n, 1]],
    ['{"a":9007199254740993}', { a: 9007199254740993n }],
    ['{"a": 9007199254740993 , "b":1}', { a: 9007199254740993n, b: 1 }],
    ['{"a":\n\t9007199254740993\r\n}', { a: 9007199254740993n }],
    ['{"a":-9007199254740993}', { a: -9007199254740993n }],
    ['123456789012345678901234567890', 123456789012345678901234567890n],
    ['9007199254740991', 9007199254740991],
  ])('keeps the integer in %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each([
    '{"run_id":"00000000000100123456abcdef456789"}',
    '["9007199254740993", 0.12345678901234567, 1.7976931348623157e308, 12345678901234567.5]',
    '{"a":"x, 9007199254740993, y"}',
    '{"a":"\\"9007199254740993","b":"\\u00e9\\ud83d\\ude00\\n"}',
    '[1e400, -1e400, 12345678901234567890e2]',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test.each([
    '',
    ' ',
    'NaN',
    '[NaN]',
    '[Infinity]',
    '[-Infinity]',
    '{',
    '[1,]',
    '{"a":01}',
    "{'a':1}",
    '[+1]',
    '1 2',
    '[0x1]',
  ])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  test.each(['[9007199254740993,NaN]', '{"a":9007199254740993', '9007199254740993 1', '[09007199254740993]'])(
    'refuses %j, large integer or not',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  test('of a doubled key the last value counts, large integer or not', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(parseJson('{"a":1,"a":9007199254740993}')).toEqual({ a: 9007199254740993n });
  });

  test('the key __proto__ is only a key, large integer or not', () => {
    for (const number of ['1', '9007199254740993']) {
      const value = parseJson(`{"__proto__":{"x":1},"b":${number}}`);
      expect(Object.keys(Object(value))).toEqual(['__proto__', 'b']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  });
});

const safeNumber = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value))
  .map((value) => value + 0);
const largeInteger = fc
  .bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
  .filter((value) => !Number.isSafeInteger(Number(value)));

/** A JSON value in which integers beyond 2^53 are bigints. */
const { value: jsonWithBigints } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.string({ unit: 'binary' }),
    fc.bigInt().map(String),
    safeNumber,
    largeInteger,
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
  ),
}));

test('what was written reads back the same', () => {
  fc.assert(
    fc.property(jsonWithBigints, (value) => {
      expect(parseJson(stringifyJson(value))).toEqual(value);
    }),
    { seed: 5, numRuns: 1000 },
  );
});

test('without large integers both agree with JSON', () => {
  const isLarge = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!JSON.stringify(value, (_, inner) => (isLarge(inner) ? 'LARGE' : inner)).includes('LARGE'));
      expect(stringifyJson(value)).toBe(text);
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
    { seed: 6 },
  );
});

describe('stringifyJson', () => {
  test('writes bigints as digits and leaves out what is undefined', () => {
    expect(stringifyJson({ a: undefined, b: 9007199254740993n, c: [undefined, -1n], d: { e: undefined } })).toBe(
      '{"b":9007199254740993,"c":[null,-1],"d":{}}',
    );
  });

  test('escapes as JSON.stringify does, bigint or not', () => {
    const text = 'a"\\\n\u0000\u2028\ud800😀';
    expect(stringifyJson({ [text]: text, b: 1n })).toBe(`${JSON.stringify({ [text]: text }).slice(0, -1)},"b":1}`);
  });

  test('passes on what has no JSON for another reason', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => stringifyJson(circle)).toThrow();
  });
});

describe('wireDouble', () => {
  test.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [0.5, 0.5],
    [Number.MAX_VALUE, Number.MAX_VALUE],
  ])('%s is %j', (value, wire) => {
    expect(wireDouble(value)).toBe(wire);
  });
});
