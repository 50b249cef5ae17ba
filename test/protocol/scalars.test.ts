import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { choice, double, flag, int32, int64, text } from '../../functions/protocol/scalars.ts';

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

/** What a scalar makes of a raw value; 'refused' when it does not take it. */
function decode(scalar: z.ZodType, raw: unknown): unknown {
  const result = scalar.safeParse(raw);
  return result.success ? result.data : 'refused';
}

describe.each([
  ['text', text('x')],
  ['int32', int32('x')],
  ['int64', int64('x')],
  ['double', double('x')],
  ['flag', flag('x')],
  ['choice', choice({ A: 1 }, 'x')],
])('%s', (_, scalar) => {
  test.each([undefined, null])('takes %s for absent', (raw) => {
    expect(scalar.parse(raw)).toBeUndefined();
  });

  test.each([[[]], [['1']], [{}], [{ a: 1 }]])('refuses %j', (raw) => {
    expect(decode(scalar, raw)).toBe('refused');
  });

  test('documents itself', () => {
    expect(scalar.meta()).toMatchObject({ description: 'x', type: expect.any(String) });
  });
});

describe('text', () => {
  test.each(['', ' ', 'a', 'é漢😀', '5', 'null'])('takes %j', (raw) => {
    expect(decode(text('x'), raw)).toBe(raw);
  });

  test.each([5, 5n, 0.5, true, '\ud800', 'a\udc00b'])('refuses %s', (raw) => {
    expect(decode(text('x'), raw)).toBe('refused');
  });
});

describe('int64', () => {
  test.each([
    ['2', 2, 2],
    ['a negative one', -2, -2],
    ['an integral float', 2.0, 2],
    ['"2"', '2', 2],
    ['"+2"', '+2', 2],
    ['"-2"', '-2', -2],
    ['"007"', '007', 7],
    ['"2.0"', '2.0', 2],
    ['"1.7e+12", as R writes it', '1.7e+12', 1_700_000_000_000],
    ['"1.7E12"', '1.7E12', 1_700_000_000_000],
    ['1.7e12', 1.7e12, 1_700_000_000_000],
    ['a bigint that is small', 2n, 2],
    ['the largest', MAX, MAX],
    ['the smallest', MIN, MIN],
    ['the largest as a string', String(MAX), MAX],
    ['the smallest as a string', String(MIN), MIN],
    ['the largest safe one', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['the first unsafe one', '9007199254740992', 9007199254740992n],
    ['the next one', '9007199254740993', 9007199254740993n],
  ])('takes %s', (_, raw, value) => {
    expect(decode(int64('x'), raw)).toBe(value);
  });

  test.each([
    ['a fraction', 1.5],
    ['a fraction as a string', '1.5'],
    ['one too large', MAX + 1n],
    ['one too small', MIN - 1n],
    ['one too large as a string', String(MAX + 1n)],
    ['a float too large', 1e300],
    ['a float too large as a string', '1e300'],
    ['a boolean', true],
    ['a word', 'x'],
    ['hexadecimal', '0x10'],
    ['underscores', '1_000'],
    ['two numbers', '1 2'],
    ['a sign alone', '-'],
    ['NaN', 'NaN'],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('refuses %s', (_, raw) => {
    expect(decode(int64('x'), raw)).toBe('refused');
  });

  test('every 64-bit integer comes out exact, as a number when that is safe', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: MIN, max: MAX }), (value) => {
        const expected = Number.isSafeInteger(Number(value)) ? Number(value) : value;
        expect(decode(int64('x'), value)).toBe(expected);
        expect(decode(int64('x'), String(value))).toBe(expected);
      }),
      { seed: 1 },
    );
  });
});

describe('int32', () => {
  test.each([
    [2 ** 31 - 1, 2 ** 31 - 1],
    [-(2 ** 31), -(2 ** 31)],
    ['5', 5],
    ['2147483647', 2147483647],
  ])('takes %j', (raw, value) => {
    expect(decode(int32('x'), raw)).toBe(value);
  });

  test.each([2 ** 31, -(2 ** 31) - 1, '2147483648', 0.5, 9007199254740993n])('refuses %s', (raw) => {
    expect(decode(int32('x'), raw)).toBe('refused');
  });
});

describe('double', () => {
  test.each([
    ['0.5', 0.5, 0.5],
    ['an integer', 3, 3],
    ['a large integer', 9007199254740993n, 9007199254740992],
    ['"0.5"', '0.5', 0.5],
    ['"1e-5"', '1e-5', 1e-5],
    ['".5"', '.5', 0.5],
    ['"5."', '5.', 5],
    ['"-1.5E+3"', '-1.5E+3', -1500],
    ['true', true, 1],
    ['false', false, 0],
    ['"NaN"', 'NaN', Number.NaN],
    ['"Infinity"', 'Infinity', Number.POSITIVE_INFINITY],
    ['"-Infinity"', '-Infinity', Number.NEGATIVE_INFINITY],
    ['the smallest', 5e-324, 5e-324],
  ])('takes %s', (_, raw, value) => {
    expect(decode(double('x'), raw)).toBe(value);
  });

  test.each([
    ['a word', 'x'],
    ['hexadecimal', '0x10'],
    ['a comma', '1,5'],
    ['two points', '1.2.3'],
    ['a sign alone', '-'],
    ['an exponent alone', 'e5'],
    ['half a name', 'Infinit'],
    ['a bare NaN, had a parser let it through', Number.NaN],
    ['1e400, which JSON reads as infinite', Number.POSITIVE_INFINITY],
  ])('refuses %s', (_, raw) => {
    expect(decode(double('x'), raw)).toBe('refused');
  });

  test('every finite double comes out as it is, also from a string', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decode(double('x'), value)).toBe(value);
        expect(decode(double('x'), Object.is(value, -0) ? '-0' : String(value))).toBe(value);
      }),
      { seed: 2 },
    );
  });
});

describe('flag', () => {
  test.each([
    [true, true],
    [false, false],
    ['true', true],
    ['TRUE', true],
    ['False', false],
  ])('takes %j', (raw, value) => {
    expect(decode(flag('x'), raw)).toBe(value);
  });

  test.each([0, 1, 'yes', 't', ''])('refuses %j', (raw) => {
    expect(decode(flag('x'), raw)).toBe('refused');
  });
});

describe('choice', () => {
  const scalar = choice({ ON: 1, OFF: 2 }, 'x');

  test.each([
    ['ON', 'ON'],
    [2, 'OFF'],
    ['2', 'OFF'],
  ])('takes %j', (raw, value) => {
    expect(decode(scalar, raw)).toBe(value);
  });

  test.each(['on', '', 'constructor', '__proto__', 0, 3, '3', 1n, true])('refuses %s', (raw) => {
    expect(decode(scalar, raw)).toBe('refused');
  });
});
