import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Int64, normalizeInt64 } from '../../../domain/int64.ts';
import type { MetricPoint } from '../../../domain/metric.ts';
import { integerColumn, type PointColumns } from '../../../domain/point-columns.ts';
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
/** DynamoDB counts writes by the KB: to make less than that smaller saves nothing. */
const WORTH_DEFLATING_BYTES = 900;
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

/** All points of a block. */
export function decodeMetricBlock(block: Uint8Array): readonly MetricPoint[] {
  const reader = new ByteReader(open(block));
  const { groups, steps, timestamps } = readHead(reader);
  const keys = groups.flatMap((group) => Array.from({ length: group.count }, () => group.key));
  return keys.map((key, at) => ({ key, step: steps[at] ?? 0, timestamp: timestamps[at] ?? 0, value: reader.double() }));
}

/** The points of one metric of a block. */
export function decodeMetricOf(block: Uint8Array, key: string): PointColumns {
  const reader = new ByteReader(open(block));
  const { groups, steps, timestamps } = readHead(reader);
  const place = groups.findIndex((group) => group.key === key);
  const from = countOf(groups.slice(0, Math.max(0, place)));
  const to = from + (groups[place]?.count ?? 0);
  reader.skip(from * Float64Array.BYTES_PER_ELEMENT);
  return {
    steps: integerColumn(steps.slice(from, to)),
    timestamps: integerColumn(timestamps.slice(from, to)),
    values: Float64Array.from({ length: to - from }, () => reader.double()),
  };
}

interface Group {
  readonly key: string;
  readonly count: number;
}

const countOf = (groups: readonly Group[]): number => groups.reduce((sum, { count }) => sum + count, 0);

/** All that stands before the values. */
function readHead(reader: ByteReader) {
  const groups = Array.from(
    { length: reader.unsigned() },
    (): Group => ({ key: reader.text(), count: reader.unsigned() }),
  );
  const count = countOf(groups);
  const isWide = reader.unsigned() === 1;
  return { groups, steps: readColumn(reader, count, isWide), timestamps: readColumn(reader, count, isWide) };
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
