import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Int64, normalizeInt64 } from '../../../domain/int64.ts';
import type { MetricPoint } from '../../../domain/metric.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/**
 * The points of one log call, by columns: for each metric its key and count; then all steps and all timestamps as
 * differences to the point before; then all values as raw doubles, so that NaN and -0 survive.
 *
 *   block   := format:u8 body          format 0 plain, 1 deflated
 *   body    := keys { text count }* wide:u8 steps timestamps values
 *   steps, timestamps := zigzag differences, or int64 each when wide = 1
 */
const PLAIN = 0;
const DEFLATED = 1;
const FASTEST = 1;
const WORTH_DEFLATING_BYTES = 200;
/** Differences beyond this do not survive zigzag in a double. */
const MAX_DELTA_BASE = 2 ** 51;

export function encodeMetricBlock(points: readonly MetricPoint[]): Uint8Array {
  const groups = groupByKey(points);
  const ordered = [...groups.values()].flat();
  const writer = new ByteWriter();
  writer.unsigned(groups.size);
  for (const [key, group] of groups) {
    writer.text(key);
    writer.unsigned(group.length);
  }
  const isWide = ordered.some(({ step, timestamp }) => !isNarrow(step) || !isNarrow(timestamp));
  writer.unsigned(isWide ? 1 : 0);
  writeColumn(
    writer,
    ordered.map((point) => point.step),
    isWide,
  );
  writeColumn(
    writer,
    ordered.map((point) => point.timestamp),
    isWide,
  );
  for (const { value } of ordered) writer.double(value);
  return seal(writer.finish());
}

/** The points of a block; with `onlyKey`, those of one metric. */
export function decodeMetricBlock(block: Uint8Array, onlyKey?: string): readonly MetricPoint[] {
  const reader = new ByteReader(open(block));
  const groups = Array.from({ length: reader.unsigned() }, () => ({ key: reader.text(), count: reader.unsigned() }));
  if (onlyKey !== undefined && !groups.some(({ key }) => key === onlyKey)) return [];
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const isWide = reader.unsigned() === 1;
  const steps = readColumn(reader, count, isWide);
  const timestamps = readColumn(reader, count, isWide);
  const keys = groups.flatMap((group) => Array.from({ length: group.count }, () => group.key));
  const points = keys.map((key, at) => ({
    key,
    step: steps[at] ?? 0,
    timestamp: timestamps[at] ?? 0,
    value: reader.double(),
  }));
  return onlyKey === undefined ? points : points.filter(({ key }) => key === onlyKey);
}

function groupByKey(points: readonly MetricPoint[]): ReadonlyMap<string, readonly MetricPoint[]> {
  const groups = new Map<string, MetricPoint[]>();
  for (const point of points) {
    const group = groups.get(point.key);
    if (group) group.push(point);
    else groups.set(point.key, [point]);
  }
  return groups;
}

const isNarrow = (value: Int64): value is number => typeof value === 'number' && Math.abs(value) < MAX_DELTA_BASE;

function writeColumn(writer: ByteWriter, column: readonly Int64[], isWide: boolean): void {
  let previous = 0;
  for (const value of column) {
    if (isWide || typeof value !== 'number') {
      writer.int64(BigInt(value));
    } else {
      writer.signed(value - previous);
      previous = value;
    }
  }
}

function readColumn(reader: ByteReader, count: number, isWide: boolean): readonly Int64[] {
  if (isWide) return Array.from({ length: count }, () => normalizeInt64(reader.int64()));
  let value = 0;
  return Array.from({ length: count }, () => {
    value += reader.signed();
    return value;
  });
}

function seal(body: Uint8Array): Uint8Array {
  if (body.length < WORTH_DEFLATING_BYTES) return Buffer.concat([Buffer.of(PLAIN), body]);
  return Buffer.concat([Buffer.of(DEFLATED), deflateRawSync(body, { level: FASTEST })]);
}

function open(block: Uint8Array): Uint8Array {
  const body = block.subarray(1);
  return block[0] === DEFLATED ? inflateRawSync(body) : body;
}
