import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Int64 } from '../../../domain/int64.ts';
import { normalizeInt64 } from '../../../domain/int64.ts';
import { type Int64Column, integerColumn, type PointColumns } from '../../../domain/point-columns.ts';
import { fromPlanes, toPlanes } from '../../segments/byte-planes.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/**
 * Packed points of one metric, by columns.
 *
 *   chunk     := deflate(count steps timestamps values)
 *   steps, timestamps := wide:u8, then zigzag differences to the point before, or int64 each when wide = 1
 *   values    := doubles by byte planes
 */
const FASTEST = 1;
/** Differences beyond this do not survive zigzag in a double. */
const MAX_DELTA_BASE = 2 ** 51;

/** Keeps each value bit by bit, NaN and -0 too. */
export function encodeMetricChunk({ timestamps, steps, values }: PointColumns): Uint8Array {
  const writer = new ByteWriter();
  writer.unsigned(values.length);
  writeIntegers(writer, steps);
  writeIntegers(writer, timestamps);
  const planes = toPlanes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return deflateRawSync(Buffer.concat([writer.finish(), planes]), { level: FASTEST });
}

export function decodeMetricChunk(chunk: Uint8Array): PointColumns {
  const body = inflateRawSync(chunk);
  const reader = new ByteReader(body);
  const count = reader.unsigned();
  const steps = readIntegers(reader, count);
  const timestamps = readIntegers(reader, count);
  const planes = body.subarray(body.length - count * Float64Array.BYTES_PER_ELEMENT);
  return { timestamps, steps, values: new Float64Array(fromPlanes(planes)) };
}

const isNarrow = (value: Int64): boolean => typeof value === 'number' && Math.abs(value) < MAX_DELTA_BASE;

function writeIntegers(writer: ByteWriter, column: Int64Column): void {
  const isWide = !column.every(isNarrow);
  writer.unsigned(isWide ? 1 : 0);
  let previous = 0;
  for (const value of column) {
    if (isWide) {
      writer.int64(BigInt(value));
    } else {
      writer.signed(Number(value) - previous);
      previous = Number(value);
    }
  }
}

function readIntegers(reader: ByteReader, count: number): Int64Column {
  const isWide = reader.unsigned() === 1;
  if (isWide) return integerColumn(Array.from({ length: count }, () => normalizeInt64(reader.int64())));
  return reader.sums(count);
}
