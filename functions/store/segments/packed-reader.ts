import { type Int64, normalizeInt64 } from '../../domain/int64.ts';

/** Reads back what PackedWriter wrote; throws RangeError behind the end. */
export class PackedReader {
  private readonly bytes: Buffer;
  private at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError('A number reaches behind the end');
      if (byte < 0x80) return value + byte * scale;
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
    }
  }

  int64(base = 0): Int64 {
    const code = this.unsigned();
    // Zero stands before eight bytes: as a difference it is written as one.
    if (code === 0) return normalizeInt64(this.wideInt64());
    return base + (code % 2 === 0 ? -code / 2 : (code - 1) / 2);
  }

  double(): number {
    this.at += 8;
    return this.bytes.readDoubleLE(this.at - 8);
  }

  /** A view of the next bytes. */
  take(size: number): Buffer {
    const end = this.at + size;
    if (end > this.bytes.length) throw new RangeError('Bytes reach behind the end');
    this.at = end;
    return this.bytes.subarray(end - size, end);
  }

  private wideInt64(): bigint {
    this.at += 8;
    return this.bytes.readBigInt64LE(this.at - 8);
  }
}
