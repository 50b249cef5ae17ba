import type { Int64 } from '../../domain/int64.ts';

/** Integers of this size and more are written in eight bytes behind a zero. */
const NARROW_LIMIT = 2 ** 51;

/** Whether the difference of two such integers is exact, twice of it too. */
export const isNarrow = (value: Int64): value is number =>
  typeof value === 'number' && value > -NARROW_LIMIT && value < NARROW_LIMIT;

/** Appends numbers and bytes to a growing buffer; small integers take few bytes, seven bits each. */
export class PackedWriter {
  private bytes: Buffer = Buffer.allocUnsafe(256);
  private size = 0;

  get length(): number {
    return this.size;
  }

  /** A non-negative safe integer. */
  unsigned(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest > 0x7fffffff) {
      this.bytes[this.size++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    while (rest > 0x7f) {
      this.bytes[this.size++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.size++] = rest;
  }

  /** Any 64-bit integer, short when it is near `base`, which is narrow. */
  int64(value: Int64, base = 0): void {
    if (isNarrow(value)) {
      const difference = value - base;
      this.unsigned(difference < 0 ? -difference * 2 : difference * 2 + 1);
      return;
    }
    this.unsigned(0);
    this.reserve(8);
    this.bytes.writeBigInt64LE(BigInt(value), this.size);
    this.size += 8;
  }

  double(value: number): void {
    this.reserve(8);
    this.bytes.writeDoubleLE(value, this.size);
    this.size += 8;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** What was written; the writer must not be used any more, but for `clear`. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.size);
  }

  /** Forgets what was written. */
  clear(): void {
    this.size = 0;
  }

  private reserve(size: number): void {
    if (this.size + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.size + size));
    this.bytes.copy(larger, 0, 0, this.size);
    this.bytes = larger;
  }
}
