/** A CRC in the reflected form, all of whose register starts at and ends with ones. */
export type CrcKind = 'CRC32' | 'CRC32C' | 'CRC64NVME';

/** Width in bits and reflected polynomial. */
export const CRC_POLYNOMIALS = {
  CRC32: { bits: 32, polynomial: 0xedb88320n },
  CRC32C: { bits: 32, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64, polynomial: 0x9a6c9329ac4bc9b5n },
} as const;
