/** Reads back what ByteWriter wrote. */
export class ByteReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes.readUInt8(this.at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** As many signed numbers, each added to those before it: a loop of its own, for histories have millions of them. */
  sums(count: number): Float64Array {
    const { bytes } = this;
    const column = new Float64Array(count);
    let at = this.at;
    let sum = 0;
    for (let row = 0; row < count; row += 1) {
      let value = Number(bytes[at++]);
      if (value < 0x80) {
        sum += (value >>> 1) ^ -(value & 1);
      } else {
        value -= 0x80;
        let scale = 0x80;
        let byte = Number(bytes[at++]);
        for (; byte >= 0x80; byte = Number(bytes[at++])) {
          value += (byte - 0x80) * scale;
          scale *= 0x80;
        }
        value += byte * scale;
        sum += value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      }
      column[row] = sum;
    }
    if (at > bytes.length) throw new RangeError(`${count} numbers reach beyond the end`);
    this.at = at;
    return column;
  }

  int64(): bigint {
    this.at += 8;
    return this.bytes.readBigInt64LE(this.at - 8);
  }

  double(): number {
    this.at += 8;
    return this.bytes.readDoubleLE(this.at - 8);
  }

  text(): string {
    const size = this.unsigned();
    this.at += size;
    return this.bytes.toString('utf8', this.at - size, this.at);
  }

  /** All that has not been read. */
  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }

  skip(size: number): void {
    this.at += size;
  }
}
