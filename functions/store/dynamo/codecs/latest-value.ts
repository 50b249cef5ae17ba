import { normalizeInt64 } from '../../../domain/int64.ts';
import type { MetricPoint } from '../../../domain/metric.ts';

/**
 * The last value of a metric as 32 bytes. The first 24, its rank, sort as MLflow compares points: by step, timestamp,
 * value, NaN counting as 0 (MLflow: metric ties). So one conditional update moves a metric forward and never back,
 * whoever comes first.
 *
 *   rank    := step:i64 timestamp:i64 value:f64    big-endian, mapped to unsigned order
 *   encoded := rank value:f64                      the value as it was, which gives NaN back
 *
 * An encoded value is longer than its own rank and so sorts behind it: `stored < rank` says strictly newer.
 */
const SIGN = 1n << 63n;
const RANK_LENGTH = 24;
const LENGTH = 32;

export function encodeLatestValue({ step, timestamp, value }: MetricPoint): Uint8Array {
  const bytes = Buffer.allocUnsafe(LENGTH);
  bytes.writeBigUInt64BE(BigInt(step) + SIGN, 0);
  bytes.writeBigUInt64BE(BigInt(timestamp) + SIGN, 8);
  bytes.writeDoubleBE(Number.isNaN(value) || value === 0 ? 0 : value, 16);
  toUnsignedOrder(bytes, 16);
  bytes.writeDoubleBE(value, 24);
  return bytes;
}

/** The part of an encoded value that decides which of two is newer. */
export const rankOf = (encoded: Uint8Array): Uint8Array => encoded.subarray(0, RANK_LENGTH);

export function decodeLatestValue(key: string, encoded: Uint8Array): MetricPoint {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  return {
    key,
    step: normalizeInt64(bytes.readBigUInt64BE(0) - SIGN),
    timestamp: normalizeInt64(bytes.readBigUInt64BE(8) - SIGN),
    value: bytes.readDoubleBE(24),
  };
}

/** IEEE 754 sorts as unsigned once the sign bit of positives is set and negatives are inverted. */
function toUnsignedOrder(bytes: Buffer, at: number): void {
  const bits = bytes.readBigUInt64BE(at);
  bytes.writeBigUInt64BE(bits & SIGN ? BigInt.asUintN(64, ~bits) : bits | SIGN, at);
}
