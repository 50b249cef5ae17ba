import { compareByTime, type MetricPoint } from '../../../domain/metric.ts';
import {
  concatColumns,
  NO_POINTS,
  type PointColumns,
  pointOfRow,
  sliceColumns,
} from '../../../domain/point-columns.ts';
import type { HistoryPage, HistoryRange } from '../../store.ts';
import { lastOf, type Span } from './span.ts';

/** A page of history; of the spans only those are loaded that it touches. */
export async function readPage(key: string, spans: readonly Span[], range: HistoryRange): Promise<HistoryPage> {
  const { after, limit = Number.POSITIVE_INFINITY } = range;
  const [head, ...others] = after ? spans.filter((span) => compareByTime(lastOf(span), after) > 0) : spans;
  if (!head) return { points: NO_POINTS, hasMore: false };
  const first = await head.load();
  const rest = after ? sliceColumns(first, rowAfter(key, first, after), first.values.length) : first;
  const touched = takeUntilCount(others, limit - rest.values.length);
  const points = concatColumns([rest, ...(await Promise.all(touched.map((span) => span.load())))]);
  const hasMore = points.values.length > limit || touched.length < others.length;
  return { points: points.values.length > limit ? sliceColumns(points, 0, limit) : points, hasMore };
}

function takeUntilCount(spans: readonly Span[], count: number): readonly Span[] {
  let left = count;
  return spans.filter((span) => {
    const isTouched = left > 0;
    left -= span.count;
    return isTouched;
  });
}

/** The first row behind a position. */
function rowAfter(key: string, columns: PointColumns, position: MetricPoint): number {
  return firstRow(columns, (row) => compareByTime(pointOfRow(key, columns, row), position) > 0);
}

/** The first row of which `holds` is true, given that it is true of all that follow. */
export function firstRow({ values }: PointColumns, holds: (row: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
