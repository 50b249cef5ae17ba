import { MIN_EXTREMES } from '../../../domain/metric-sample.ts';
import type { PointColumns } from '../../../domain/point-columns.ts';
import { type ChunkHeader, decodeChunkHeaders, encodeChunkHeaders } from '../codecs/chunk-headers.ts';
import { decodeMetricChunk } from '../codecs/metric-chunk.ts';
import { type Key, metricChunkKey, metricIndexKey } from '../keys.ts';
import type { Item, Table } from '../table.ts';
import type { ChunkCache } from './chunk-cache.ts';
import type { Family } from './numbered-items.ts';
import { LEAST_SKETCHED, MOST_SKETCHED, type Span, withSketchOf } from './span.ts';
import { Superseded } from './superseded.ts';

/** The chunks of one metric of a run, under an index with their headers. They never overlap. */
export const chunksOfMetric = (runId: string, key: string): Family => ({
  indexKey: metricIndexKey(runId, key),
  itemKey: (seq) => metricChunkKey(runId, key, seq),
});

/** A chunk as its header tells it, in history order with its neighbours. */
export interface PackedSpan extends Span, ChunkHeader {}

/** The chunks that a metric's index lists. */
export function spansOfIndex(
  table: Table,
  cache: ChunkCache,
  runId: string,
  key: string,
  index: Item | undefined,
): readonly PackedSpan[] {
  const load = async (chunkKey: Key): Promise<PointColumns> => {
    const chunk = (await table.get(chunkKey))?.b?.B;
    if (!chunk) throw new Superseded();
    return decodeMetricChunk(chunk);
  };
  return headersOf(key, index).map((header) => {
    const chunkKey = metricChunkKey(runId, key, header.seq);
    return { ...header, load: () => cache.get(`${chunkKey.pk} ${chunkKey.sk}`, () => load(chunkKey)) };
  });
}

const headersOf = (key: string, index: Item | undefined): readonly ChunkHeader[] =>
  index?.b?.B ? decodeChunkHeaders(key, index.b.B) : [];

/** Beyond so many chunks they hold the fewest, so that an index has room for those of a hundred million points. */
const MANY_CHUNKS = 1000;

/**
 * What each sketch holds, so that all together are enough for a chart. It halves as chunks become more: so a sketch is seldom
 * cut down, and then into stretches of equal length.
 */
function sketchedInEach(chunks: number): number {
  if (chunks > MANY_CHUNKS) return MIN_EXTREMES;
  return Math.max(LEAST_SKETCHED, 2 ** Math.ceil(Math.log2(MOST_SKETCHED / Math.max(1, chunks))));
}

/** The attributes of a metric's index. The name is for who looks into the table: its key is a hash. */
export const metricIndexItem = (key: string, headers: readonly ChunkHeader[]): Item => ({
  k: { S: key },
  b: { B: encodeChunkHeaders(headers.map((header) => withSketchOf(sketchedInEach(headers.length), header))) },
});
