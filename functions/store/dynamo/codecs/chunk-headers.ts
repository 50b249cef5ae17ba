import type { MetricPoint } from '../../../domain/metric.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { decodeMetricBlock, encodeMetricBlock } from './metric-block.ts';

/** What is known of points of one metric without reading them. */
export interface PointsHeader {
  readonly count: number;
  /** Whether steps never fall from point to point: then history order is step order, too. */
  readonly isMonotone: boolean;
  /** A few of the points in history order: the first, the last, the newest, the least and greatest of several stretches. */
  readonly sketch: readonly MetricPoint[];
}

/** A chunk of a metric's history, as the metric's index lists it. */
export interface ChunkHeader extends PointsHeader {
  /** Names the chunk's item. */
  readonly seq: number;
  readonly sizeBytes: number;
}

/**
 * The headers of a metric's chunks, in history order.
 *
 *   headers := size:u8 { seq sizeBytes count isMonotone sketched }* block
 *
 * The sketches of all chunks make one block of points.
 */
export function encodeChunkHeaders(headers: readonly ChunkHeader[]): Uint8Array {
  const writer = new ByteWriter();
  writer.unsigned(headers.length);
  for (const { seq, sizeBytes, count, isMonotone, sketch } of headers) {
    writer.unsigned(seq);
    writer.unsigned(sizeBytes);
    writer.unsigned(count);
    writer.unsigned(isMonotone ? 1 : 0);
    writer.unsigned(sketch.length);
  }
  // The metric's name stands beside the headers.
  const points = headers.flatMap(({ sketch }) => sketch.map((point) => ({ ...point, key: '' })));
  writer.raw(encodeMetricBlock(points));
  return writer.finish();
}

/** The headers of the metric named `key`. */
export function decodeChunkHeaders(key: string, bytes: Uint8Array): readonly ChunkHeader[] {
  const reader = new ByteReader(bytes);
  const parts = Array.from({ length: reader.unsigned() }, () => ({
    seq: reader.unsigned(),
    sizeBytes: reader.unsigned(),
    count: reader.unsigned(),
    isMonotone: reader.unsigned() === 1,
    sketched: reader.unsigned(),
  }));
  const points = decodeMetricBlock(reader.rest()).map((point) => ({ ...point, key }));
  let from = 0;
  return parts.map(({ sketched, ...header }) => {
    from += sketched;
    return { ...header, sketch: points.slice(from - sketched, from) };
  });
}
