/** Where a segment's bytes are: ranges of an object in S3, of a file, or of memory. */
export interface SegmentSource {
  readonly sizeBytes: number;
  /** All of them, when they are in memory. */
  readonly bytes?: Uint8Array;
  /** Gives `length` bytes from `offset` on. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** A segment that is in memory already. */
export const sourceOfBytes = (bytes: Uint8Array): SegmentSource => ({
  sizeBytes: bytes.length,
  bytes,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});
