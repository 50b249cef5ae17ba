/** Appends numbers and texts to a growing buffer. Integers are variable-length, seven bits a byte. */
export class ByteWriter {
  private bytes: Buffer = Buffer.allocUnsafe(256);
  private length = 0;

  /** A non-negative safe integer. */
  unsigned(value: number): void {
    this.reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  /** A safe integer of at most 2^52 in size, small ones of either sign in few bytes (zigzag). */
  signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  int64(value: bigint): void {
    this.reserve(8);
    this.bytes.writeBigInt64LE(value, this.length);
    this.length += 8;
  }

  double(value: number): void {
    this.reserve(8);
    this.bytes.writeDoubleLE(value, this.length);
    this.length += 8;
  }

  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.unsigned(size);
    this.reserve(size);
    this.bytes.write(value, this.length);
    this.length += size;
  }

  /** Bytes whose number the reader knows otherwise. */
  raw(value: Uint8Array): void {
    this.reserve(value.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
  }

  finish(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
