import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ChunkHeader,
  decodeChunkHeaders,
  encodeChunkHeaders,
} from '../../../../functions/store/dynamo/codecs/chunk-headers.ts';
import { anyPoint } from '../../arbitraries.ts';

const anyHeader: fc.Arbitrary<ChunkHeader> = fc.record(
  {
    seq: fc.nat(),
    sizeBytes: fc.nat(300_000),
    count: fc.nat(25_000),
    isMonotone: fc.boolean(),
    sketch: fc.array(
      anyPoint.map((point) => ({ ...point, key: 'm' })),
      { minLength: 1, maxLength: 17 },
    ),
  },
  { noNullPrototype: true },
);

test('headers come back as they were', () => {
  fc.assert(
    fc.property(fc.array(anyHeader, { maxLength: 12 }), (headers) => {
      expect(decodeChunkHeaders('m', encodeChunkHeaders(headers))).toEqual(headers);
    }),
    { seed: 32 },
  );
});

test('the headers of a million points stay within a few KB', () => {
  const sketch = Array.from({ length: 16 }, (_, at) => ({
    key: 'm',
    value: at / 7,
    timestamp: at * 1e6,
    step: at * 1e3,
  }));
  const headers = Array.from({ length: 40 }, (_, seq) => ({
    seq,
    sizeBytes: 200_000,
    count: 25_000,
    isMonotone: true,
    sketch,
  }));
  expect(encodeChunkHeaders(headers).length).toBeLessThan(10_000);
});
