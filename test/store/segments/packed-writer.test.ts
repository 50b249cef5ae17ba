import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PackedReader } from '../../../functions/store/segments/packed-reader.ts';
import { PackedWriter } from '../../../functions/store/segments/packed-writer.ts';
import { anyInt64, anyValue } from '../arbitraries.ts';

const narrow = fc.integer({ min: -(2 ** 51) + 1, max: 2 ** 51 - 1 });

describe('packed numbers come back as they were:', () => {
  test('64-bit integers, near a base and far from it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(anyInt64, narrow), narrow)), (pairs) => {
        const writer = new PackedWriter();
        for (const [value, base] of pairs) writer.int64(value, base);
        const reader = new PackedReader(writer.finish());
        expect(pairs.map(([, base]) => reader.int64(base))).toEqual(pairs.map(([value]) => value));
      }),
      { seed: 78 },
    );
  });

  test('counts up to 2^53, and doubles', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.maxSafeNat(), anyValue), { maxLength: 300 }), (pairs) => {
        const writer = new PackedWriter();
        for (const [count, value] of pairs) {
          writer.unsigned(count);
          writer.double(value);
        }
        const reader = new PackedReader(writer.finish());
        expect(pairs.map(() => [reader.unsigned(), reader.double()])).toEqual(pairs);
      }),
      { seed: 79 },
    );
  });
});

describe('a reader', () => {
  test.each([
    ['a number', (reader: PackedReader) => reader.unsigned()],
    ['an integer', (reader: PackedReader) => reader.int64()],
    ['a double', (reader: PackedReader) => reader.double()],
    ['bytes', (reader: PackedReader) => reader.take(3)],
  ])('does not read %s behind the end', (_name, read) => {
    expect(() => read(new PackedReader(Uint8Array.of(0x80, 0x80)))).toThrow(RangeError);
  });
});
