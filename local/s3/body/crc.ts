import { crc32 } from 'node:zlib';
import { CRC_POLYNOMIALS } from './crc-polynomials.ts';

/** A running checksum: `digest` is the value in network order and may be called once. */
export type Digest = { readonly update: (bytes: Uint8Array) => void; readonly digest: () => Buffer };

const tableEntry = (index: number, polynomial: bigint): bigint => {
  let remainder = BigInt(index);
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1n ? (remainder >> 1n) ^ polynomial : remainder >> 1n;
  return remainder;
};

const TABLE_32C = Uint32Array.from({ length: 256 }, (_, i) => Number(tableEntry(i, CRC_POLYNOMIALS.CRC32C.polynomial)));

// BigInt arithmetic per byte would be fifty times slower: 64 bits are kept as two halves.
const ENTRIES_64 = Array.from({ length: 256 }, (_, i) => tableEntry(i, CRC_POLYNOMIALS.CRC64NVME.polynomial));
const TABLE_64_HIGH = Uint32Array.from(ENTRIES_64, (entry) => Number(entry >> 32n));
const TABLE_64_LOW = Uint32Array.from(ENTRIES_64, (entry) => Number(entry & 0xffffffffn));

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** CRC-32 as in zlib. */
export const createCrc32 = (): Digest => {
  let value = 0;
  return {
    update: (bytes) => {
      value = crc32(bytes, value);
    },
    digest: () => uint32(value),
  };
};

/** CRC-32C (Castagnoli). */
export const createCrc32c = (): Digest => {
  let value = 0xffffffff;
  return {
    update: (bytes) => {
      let register = value;
      for (const byte of bytes) register = (TABLE_32C[(register ^ byte) & 0xff] ?? 0) ^ (register >>> 8);
      value = register;
    },
    digest: () => uint32(~value),
  };
};

/** CRC-64/NVME. */
export const createCrc64Nvme = (): Digest => {
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update: (bytes) => {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (TABLE_64_LOW[index] ?? 0);
        high = (high >>> 8) ^ (TABLE_64_HIGH[index] ?? 0);
      }
    },
    digest: () => Buffer.concat([uint32(~high), uint32(~low)]),
  };
};
