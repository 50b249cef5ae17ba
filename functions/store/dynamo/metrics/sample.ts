import { compareByStep, type MetricPoint } from '../../../domain/metric.ts';
import { evenRanks, extremeRows } from '../../../domain/metric-sample.ts';
import {
  columnsOf,
  concatColumns,
  concatDoubles,
  integerAt,
  type PointColumns,
  pickRows,
  pointsOf,
  sliceColumns,
} from '../../../domain/point-columns.ts';
import type { MetricSample, SampleRequest } from '../../store.ts';
import { firstRow } from './read-page.ts';
import { firstOf, isMonotone, lastOf, type Span, spanOf } from './span.ts';

/** Takes a sample of a history; spans are loaded only where it needs points that their headers do not tell. */
export async function takeSample(key: string, spans: readonly Span[], request: SampleRequest): Promise<MetricSample> {
  const ordered = request.x === 'timestamp' || isMonotone(spans) ? spans : await orderByStep(key, spans);
  const within = await clip(key, ordered, request);
  const count = within.reduce((sum, span) => sum + span.count, 0);
  const take = request.kind === 'even' ? takeEvenly : takeExtremes;
  return { count, points: await take(within, count, request.maxPoints) };
}

/** One span in which steps rise, for a history in which they do not rise with time. */
async function orderByStep(key: string, spans: readonly Span[]): Promise<readonly Span[]> {
  const points = (await loadAll(spans)).flatMap((columns) => pointsOf(key, columns));
  return [spanOf(key, columnsOf(points.toSorted(compareByStep)))];
}

const loadAll = (spans: readonly Span[]): Promise<readonly PointColumns[]> =>
  Promise.all(spans.map((span) => span.load()));

const xOf = ({ x }: SampleRequest, point: MetricPoint) => (x === 'step' ? point.step : point.timestamp);

/** What lies between the ends, both included. Only spans that reach beyond an end are loaded for it. */
async function clip(key: string, spans: readonly Span[], request: SampleRequest): Promise<readonly Span[]> {
  const { from, to } = request;
  if (from === undefined && to === undefined) return spans;
  const clipped = spans.map(async (span) => {
    const [first, last] = [xOf(request, firstOf(span)), xOf(request, lastOf(span))];
    if ((to !== undefined && first > to) || (from !== undefined && last < from)) return [];
    if ((from === undefined || first >= from) && (to === undefined || last <= to)) return [span];
    const inside = clipColumns(await span.load(), request);
    return inside.values.length > 0 ? [spanOf(key, inside)] : [];
  });
  return (await Promise.all(clipped)).flat();
}

function clipColumns(columns: PointColumns, { x, from, to }: SampleRequest): PointColumns {
  const xs = x === 'step' ? columns.steps : columns.timestamps;
  const start = from === undefined ? 0 : firstRow(columns, (row) => integerAt(xs, row) >= from);
  const end = to === undefined ? columns.values.length : firstRow(columns, (row) => integerAt(xs, row) > to);
  return sliceColumns(columns, start, end);
}

async function takeEvenly(spans: readonly Span[], count: number, maxPoints: number): Promise<PointColumns> {
  const rowsOf = splitRows(
    evenRanks(count, maxPoints),
    spans.map((span) => span.count),
  );
  const picked = spans.map(async (span, at) => {
    const rows = rowsOf[at] ?? [];
    return rows.length === 0 ? [] : [pickRows(await span.load(), rows)];
  });
  return concatColumns((await Promise.all(picked)).flat());
}

/** When the sketches of the headers have as many points as are wanted, nothing else is read. */
async function takeExtremes(spans: readonly Span[], count: number, maxPoints: number): Promise<PointColumns> {
  const sketch = spans.flatMap((span) => span.sketch);
  const isSketchEnough = count > maxPoints && sketch.length >= maxPoints;
  const parts = isSketchEnough ? [columnsOf(sketch)] : await loadAll(spans);
  const values = concatDoubles(parts.map((part) => part.values));
  const rowsOf = splitRows(
    extremeRows(values, maxPoints),
    parts.map((part) => part.values.length),
  );
  return concatColumns(parts.map((part, at) => pickRows(part, rowsOf[at] ?? [])));
}

/** Rows of parts one below the other, in rising order, as the rows of each part. */
function splitRows(rows: readonly number[], counts: readonly number[]): readonly (readonly number[])[] {
  let end = 0;
  let at = 0;
  return counts.map((count) => {
    const start = end;
    end += count;
    const from = at;
    while (at < rows.length && Number(rows[at]) < end) at += 1;
    return rows.slice(from, at).map((row) => row - start);
  });
}
