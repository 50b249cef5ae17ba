import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChecksumAlgorithm, createChecksum } from '../../../../local/s3/body/checksum.ts';
import { combineCrc } from '../../../../local/s3/body/combine-crc.ts';

const digest = (algorithm: ChecksumAlgorithm, ...pieces: readonly Uint8Array[]): Buffer => {
  const running = createChecksum(algorithm);
  for (const piece of pieces) running.update(piece);
  return running.digest();
};

const CRCS = ['CRC32', 'CRC32C', 'CRC64NVME'] as const;

describe('checksums', () => {
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('knows the published check value of %s', (algorithm, hex) => {
    expect(digest(algorithm, Buffer.from('123456789')).toString('hex')).toBe(hex);
  });

  it.each(CRCS)('gives the same %s however the bytes are cut', (algorithm) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (pieces) => {
        expect(digest(algorithm, ...pieces)).toEqual(digest(algorithm, Buffer.concat(pieces)));
      }),
      { seed: 1 },
    );
  });

  it.each(CRCS)('combines the %s of two halves to that of the whole', (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
        const second = { crc: digest(algorithm, b), sizeBytes: b.length };
        expect(combineCrc(algorithm, digest(algorithm, a), second)).toEqual(digest(algorithm, a, b));
      }),
      { seed: 2 },
    );
  });
});
