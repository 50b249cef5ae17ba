import { compareByTime, inHistoryOrder, isNewer, type MetricPoint, newestOf } from '../../../domain/metric.ts';
import { extremeRows } from '../../../domain/metric-sample.ts';
import { columnsOf, integerAt, type PointColumns, pointOfRow, pointsOf } from '../../../domain/point-columns.ts';
import type { PointsHeader } from '../codecs/chunk-headers.ts';

/** A stretch of one metric's history: what its header tells, and the points themselves for who asks. Never empty. */
export interface Span extends PointsHeader {
  readonly load: () => Promise<PointColumns>;
}

/** Points of a header's sketch, besides the newest one: as many as a chart of many runs takes of one, ... */
export const MOST_SKETCHED = 512;
export const LEAST_SKETCHED = 16;
/** ... but of few points a small part only: they are soon read, and the header is written anew more often than they are. */
const SKETCHED_PART = 1 / 16;

const sketchedOf = (count: number): number =>
  Math.max(LEAST_SKETCHED, Math.min(MOST_SKETCHED, Math.floor(count * SKETCHED_PART)));

/** The header of points in history order, each there once. */
export function headerOf(key: string, columns: PointColumns): PointsHeader {
  const isMonotone = hasRisingSteps(columns);
  const count = columns.values.length;
  const newest = isMonotone ? count - 1 : newestRow(key, columns);
  const rows = new Set([...extremeRows(columns.values, sketchedOf(count)), newest]);
  const sketch = [...rows].sort((a, b) => a - b).map((row) => pointOfRow(key, columns, row));
  return { count, isMonotone, sketch };
}

/**
 * The header with a sketch of at most so many points, and the newest; the first, the last, the least and the greatest are
 * always among them.
 */
export function withSketchOf<H extends PointsHeader>(points: number, header: H): H {
  if (header.sketch.length <= points + 1) return header;
  const newest = newestOf(header.sketch);
  const values = Float64Array.from(header.sketch, ({ value }) => value);
  const rows = new Set(extremeRows(values, points));
  const isKept = (point: MetricPoint, row: number) => rows.has(row) || point === newest;
  return { ...header, sketch: header.sketch.filter(isKept) };
}

/** A span of points in hand, which are in history order, each there once. */
export const spanOf = (key: string, columns: PointColumns): Span => ({
  ...headerOf(key, columns),
  load: async () => columns,
});

function hasRisingSteps({ steps, values }: PointColumns): boolean {
  for (let row = 1; row < values.length; row += 1) if (integerAt(steps, row) < integerAt(steps, row - 1)) return false;
  return true;
}

function newestRow(key: string, columns: PointColumns): number {
  const points = pointsOf(key, columns);
  return points.reduce((best, point, row) => (isNewer(point, points[best] ?? point) ? row : best), 0);
}

export const firstOf = ({ sketch }: PointsHeader): MetricPoint => pointAt(sketch, 0);

export const lastOf = ({ sketch }: PointsHeader): MetricPoint => pointAt(sketch, -1);

function pointAt(sketch: readonly MetricPoint[], at: number): MetricPoint {
  const point = sketch.at(at);
  if (!point) throw new Error('A span has at least one point');
  return point;
}

/** Whether history order is step order, too, over all spans. */
export const isMonotone = (spans: readonly PointsHeader[]): boolean =>
  spans.every((span, at) => {
    const before = spans[at - 1];
    return span.isMonotone && (!before || lastOf(before).step <= firstOf(span).step);
  });

/** Points with others added, in history order, each there once. */
export const mergePoints = (key: string, columns: PointColumns, added: readonly MetricPoint[]): PointColumns =>
  columnsOf(inHistoryOrder([...pointsOf(key, columns), ...added]));

/**
 * Lays loose points, in any order, over spans that are in history order and do not overlap: what lies within a span is
 * merged with it, each point once; the rest makes spans of its own. Mostly all of them come after the last span.
 */
export async function overlay(key: string, spans: readonly Span[], loose: PointColumns): Promise<readonly Span[]> {
  if (loose.values.length === 0) return spans;
  const ordered = isInHistoryOrder(key, loose) ? loose : mergePoints(key, loose, []);
  const last = spans.at(-1);
  const isBehind = !last || compareByTime(pointOfRow(key, ordered, 0), lastOf(last)) > 0;
  return isBehind ? [...spans, spanOf(key, ordered)] : merge(key, spans, pointsOf(key, ordered));
}

/** Whether each point comes after the one before it; then none is there twice. */
function isInHistoryOrder(key: string, columns: PointColumns): boolean {
  const { timestamps, values } = columns;
  for (let row = 1; row < values.length; row += 1) {
    if (integerAt(timestamps, row - 1) < integerAt(timestamps, row)) continue;
    if (compareByTime(pointOfRow(key, columns, row - 1), pointOfRow(key, columns, row)) >= 0) return false;
  }
  return true;
}

function merge(key: string, spans: readonly Span[], loose: readonly MetricPoint[]): Promise<readonly Span[]> {
  const merged: (Span | Promise<Span>)[] = [];
  let from = 0;
  const takeUntil = (isBeyond: (point: MetricPoint) => boolean): readonly MetricPoint[] => {
    const start = from;
    for (let point = loose[from]; point && !isBeyond(point); point = loose[from]) from += 1;
    return loose.slice(start, from);
  };
  const pushLoose = (points: readonly MetricPoint[]) => {
    if (points.length > 0) merged.push(spanOf(key, columnsOf(points)));
  };
  for (const span of spans) {
    pushLoose(takeUntil((point) => compareByTime(point, firstOf(span)) >= 0));
    const within = takeUntil((point) => compareByTime(point, lastOf(span)) > 0);
    merged.push(within.length === 0 ? span : mergeInto(key, span, within));
  }
  pushLoose(loose.slice(from));
  return Promise.all(merged);
}

async function mergeInto(key: string, span: Span, points: readonly MetricPoint[]): Promise<Span> {
  const merged = mergePoints(key, await span.load(), points);
  return merged.values.length === span.count ? span : spanOf(key, merged);
}
