import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INT64_MAX, INT64_MIN } from '../../../../functions/domain/int64.ts';
import { ByteReader } from '../../../../functions/store/dynamo/codecs/byte-reader.ts';
import { ByteWriter } from '../../../../functions/store/dynamo/codecs/byte-writer.ts';
import { anyText } from '../../arbitraries.ts';

const written = (write: (writer: ByteWriter) => void): Uint8Array => {
  const writer = new ByteWriter();
  write(writer);
  return writer.finish();
};

const MAX_ZIGZAG = 2 ** 52;

describe('unsigned', () => {
  test.each([
    [0, 1],
    [127, 1],
    [128, 2],
    [16_383, 2],
    [16_384, 3],
    [2 ** 32, 5],
    [Number.MAX_SAFE_INTEGER, 8],
  ])('%d takes %d bytes and comes back', (value, size) => {
    const bytes = written((writer) => writer.unsigned(value));
    expect(bytes).toHaveLength(size);
    expect(new ByteReader(bytes).unsigned()).toBe(value);
  });

  test('brings any safe integer back', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(new ByteReader(written((writer) => writer.unsigned(value))).unsigned()).toBe(value);
      }),
      { seed: 11 },
    );
  });
});

describe('signed', () => {
  test.each([
    [0, 1],
    [-1, 1],
    [63, 1],
    [-64, 1],
    [64, 2],
    [MAX_ZIGZAG - 1, 8],
    [-MAX_ZIGZAG, 8],
  ])('%d takes %d bytes and comes back', (value, size) => {
    const bytes = written((writer) => writer.signed(value));
    expect(bytes).toHaveLength(size);
    expect(new ByteReader(bytes).signed()).toBe(value);
  });

  test('brings any integer up to 2^52 in size back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const small = Math.trunc(value / 2);
        // A zero has no sign here.
        expect(new ByteReader(written((writer) => writer.signed(small))).signed() + 0).toBe(small + 0);
      }),
      { seed: 12 },
    );
  });
});

describe('sums', () => {
  const differences = fc.array(fc.oneof(fc.integer({ min: -70, max: 70 }), fc.integer(), fc.maxSafeInteger()), {
    maxLength: 50,
  });
  const sumsOf = (numbers: readonly number[]): readonly number[] => {
    let sum = 0;
    return numbers.map((number) => {
      sum += number;
      return sum;
    });
  };

  test('reads what signed wrote, each added to those before it, and nothing behind them', () => {
    fc.assert(
      fc.property(differences, (large) => {
        const numbers = large.map((number) => Math.trunc(number / 128));
        const bytes = written((writer) => {
          writer.text('before');
          for (const number of numbers) writer.signed(number);
          writer.text('after');
        });
        const reader = new ByteReader(bytes);
        expect(reader.text()).toBe('before');
        expect([...reader.sums(numbers.length)].map((sum) => sum + 0)).toEqual(sumsOf(numbers).map((sum) => sum + 0));
        expect(reader.text()).toBe('after');
      }),
      { seed: 15 },
    );
  });

  test('refuses to read beyond the end', () => {
    const bytes = written((writer) => writer.signed(1_000));
    expect(() => new ByteReader(bytes).sums(2)).toThrow(RangeError);
    expect(() => new ByteReader(bytes.subarray(0, 1)).sums(1)).toThrow(RangeError);
  });
});

test('int64 keeps all 64 bits', () => {
  const values = [INT64_MIN, -1n, 0n, 1n, INT64_MAX];
  const bytes = written((writer) => {
    for (const value of values) writer.int64(value);
  });
  const reader = new ByteReader(bytes);
  expect(values.map(() => reader.int64())).toEqual(values);
});

test('double keeps NaN, the sign of zero and the infinities', () => {
  const values = [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.MIN_VALUE, 0.1];
  const bytes = written((writer) => {
    for (const value of values) writer.double(value);
  });
  const reader = new ByteReader(bytes);
  for (const value of values) expect(reader.double()).toBe(value);
});

test('a mixture of all comes back in its order, far beyond the first buffer', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyText, fc.maxSafeNat(), fc.double()), { maxLength: 100 }), (rows) => {
      const bytes = written((writer) => {
        for (const [text, count, value] of rows) {
          writer.text(text);
          writer.unsigned(count);
          writer.double(value);
        }
      });
      const reader = new ByteReader(bytes);
      expect(rows.map(() => [reader.text(), reader.unsigned(), reader.double()])).toEqual(rows);
    }),
    { seed: 13 },
  );
});

test('skip passes over bytes', () => {
  const reader = new ByteReader(
    written((writer) => {
      writer.double(1);
      writer.text('after');
    }),
  );
  reader.skip(8);
  expect(reader.text()).toBe('after');
});

test('reads from the middle of a larger buffer', () => {
  const bytes = written((writer) => {
    writer.unsigned(300);
    writer.text('é');
  });
  const larger = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
  const reader = new ByteReader(larger.subarray(6, 6 + bytes.length));
  expect(reader.unsigned()).toBe(300);
  expect(reader.text()).toBe('é');
});

test('a text too large for the buffer makes it grow to fit', () => {
  const long = 'ü'.repeat(100_000);
  expect(new ByteReader(written((writer) => writer.text(long))).text()).toBe(long);
});
