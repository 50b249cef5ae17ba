import { compareByTime, type MetricPoint } from '../../../domain/metric.ts';
import { columnsOf, concatColumns, type PointColumns, sliceColumns } from '../../../domain/point-columns.ts';
import type { ChunkHeader } from '../codecs/chunk-headers.ts';
import { encodeMetricChunk } from '../codecs/metric-chunk.ts';
import type { Attempt, Retry } from '../retry.ts';
import type { Table } from '../table.ts';
import type { ChunkCache } from './chunk-cache.ts';
import { chunksOfMetric, metricIndexItem, type PackedSpan, spansOfIndex } from './metric-index.ts';
import { type Revision, revise } from './numbered-items.ts';
import { firstOf, headerOf, lastOf, mergePoints } from './span.ts';
import { unlessSuperseded } from './superseded.ts';

/** What a packer needs of the store. */
export interface PackPlatform {
  readonly table: Table;
  readonly retry: Retry;
  readonly cache: ChunkCache;
  readonly newWriteId: () => string;
}

/** A page of MLflow's Python client: its pages begin where chunks do, so that none is read for two of them. */
const MAX_CHUNK_POINTS = 25_000;
/** An item holds 400 KB. */
const MAX_CHUNK_BYTES = 300_000;
/** Chunks of points that hardly compress are full by their size. */
const FULL_CHUNK_BYTES = MAX_CHUNK_BYTES / 2;

/** A chunk that stays, or points that become one. */
type Piece =
  | { readonly kind: 'kept'; readonly span: PackedSpan }
  | { readonly kind: 'new'; readonly columns: PointColumns; readonly bytes: Uint8Array };

/** Adds points, in history order and each there once, to the chunks of their metric. Those that are there already cost no write. */
export function foldIntoChunks(
  platform: PackPlatform,
  runId: string,
  key: string,
  points: readonly MetricPoint[],
): Promise<void> {
  const { table, cache } = platform;
  const family = chunksOfMetric(runId, key);
  const attempt: Attempt<void> = async () => {
    const index = await table.get(family.indexKey);
    const spans = spansOfIndex(table, cache, runId, key, index);
    const revision = revisionOf(key, spans, await fold(key, spans, points));
    const isDone = revision.added.length === 0 || (await revise(table, family, index, revision, platform.newWriteId()));
    return isDone ? { done: undefined } : 'again';
  };
  return platform.retry(unlessSuperseded(attempt));
}

function revisionOf(key: string, spans: readonly PackedSpan[], pieces: readonly Piece[]): Revision {
  const kept = new Set(pieces.flatMap((piece) => (piece.kind === 'kept' ? piece.span.seq : [])));
  return {
    added: pieces.flatMap((piece) => (piece.kind === 'new' ? piece.bytes : [])),
    dropped: spans.flatMap(({ seq }) => (kept.has(seq) ? [] : seq)),
    indexItem: (numbers) => metricIndexItem(key, headersOf(key, pieces, numbers)),
  };
}

/** The headers of all pieces; new ones get the numbers in their order. */
function headersOf(key: string, pieces: readonly Piece[], numbers: readonly number[]): readonly ChunkHeader[] {
  const left = numbers.values();
  return pieces.map((piece) => {
    if (piece.kind === 'kept') return piece.span;
    return { ...headerOf(key, piece.columns), sizeBytes: piece.bytes.length, seq: left.next().value ?? 0 };
  });
}

/** Only chunks that points fall into are read and made anew, and at the end those that are worth joining. */
async function fold(
  key: string,
  spans: readonly PackedSpan[],
  points: readonly MetricPoint[],
): Promise<readonly Piece[]> {
  const last = spans.at(-1);
  const isBehind = (point: MetricPoint) => !last || compareByTime(point, lastOf(last)) > 0;
  const older = groupBySpan(
    spans,
    points.filter((point) => !isBehind(point)),
  );
  const pieces = await Promise.all(spans.map((span, at) => insert(key, span, older.get(at) ?? [])));
  return join(pieces.flat(), columnsOf(points.filter(isBehind)));
}

/** Each point goes to the last span that begins before it, or to the first one. */
function groupBySpan(spans: readonly PackedSpan[], points: readonly MetricPoint[]) {
  const groups = new Map<number, MetricPoint[]>();
  let at = 0;
  for (const point of points) {
    for (let next = spans[at + 1]; next && compareByTime(firstOf(next), point) <= 0; next = spans[at + 1]) at += 1;
    const group = groups.get(at);
    if (group) group.push(point);
    else groups.set(at, [point]);
  }
  return groups;
}

async function insert(key: string, span: PackedSpan, points: readonly MetricPoint[]): Promise<readonly Piece[]> {
  if (points.length === 0) return [{ kind: 'kept', span }];
  const merged = mergePoints(key, await span.load(), points);
  if (merged.values.length === span.count) return [{ kind: 'kept', span }];
  // Halves, when it grows too large: a full one and a rest would fall apart with each point that comes late.
  const parts = Math.ceil(merged.values.length / MAX_CHUNK_POINTS);
  return cut(merged, Math.ceil(merged.values.length / parts));
}

/**
 * Appends points behind the pieces. The last ones are joined with them while they are no larger than what is joined: so a
 * point is written anew as often as its chunk doubles, and not with each packing.
 */
async function join(pieces: readonly Piece[], appended: PointColumns): Promise<readonly Piece[]> {
  const rest = [...pieces];
  let joined = appended;
  for (let last = rest.at(-1); last && isWorthJoining(last, joined.values.length); last = rest.at(-1)) {
    rest.pop();
    joined = concatColumns([last.kind === 'new' ? last.columns : await last.span.load(), joined]);
  }
  return [...rest, ...cut(joined, MAX_CHUNK_POINTS)];
}

function isWorthJoining(piece: Piece, count: number): boolean {
  if (piece.kind === 'new') return count > 0 && piece.columns.values.length <= count;
  const isFull = piece.span.count >= MAX_CHUNK_POINTS || piece.span.sizeBytes >= FULL_CHUNK_BYTES;
  return !isFull && piece.span.count <= count;
}

function cut(columns: PointColumns, maxPoints: number): readonly Piece[] {
  const count = columns.values.length;
  const parts = Array.from({ length: Math.ceil(count / maxPoints) }, (_, at) =>
    sliceColumns(columns, at * maxPoints, (at + 1) * maxPoints),
  );
  return parts.flatMap((part) => {
    const bytes = encodeMetricChunk(part);
    if (bytes.length > MAX_CHUNK_BYTES) return cut(part, Math.ceil(part.values.length / 2));
    return { kind: 'new', columns: part, bytes };
  });
}
