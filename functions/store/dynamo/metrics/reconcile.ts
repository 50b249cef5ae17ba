import { isNewer, type MetricPoint, newestOf } from '../../../domain/metric.ts';
import { columnsOf } from '../../../domain/point-columns.ts';
import { homeOfRun, latestPrefix } from '../keys.ts';
import { advanceLatest, type LatestWriter, mergeLatest } from '../latest.ts';
import { overlay, type Span } from './span.ts';

/** Appends points to a run's history. */
export type Append = (runId: string, points: readonly MetricPoint[]) => Promise<void>;

/**
 * A writer that died between its two writes left the last value and the history apart: the lesser one is mended. Every
 * span's sketch holds its newest point, so no chunk is read for that.
 */
export async function reconcile(
  writer: LatestWriter,
  append: Append,
  runId: string,
  key: string,
  spans: readonly Span[],
): Promise<readonly Span[]> {
  const home = homeOfRun(runId);
  if (!home) return spans;
  const newest = newestOf(spans.flatMap(({ sketch }) => sketch));
  const latest = mergeLatest(await writer.table.query(latestPrefix(home, runId))).find((point) => point.key === key);
  if (newest && (!latest || isNewer(newest, latest))) await advanceLatest(writer, home, runId, [newest]);
  if (!latest || (newest && !isNewer(latest, newest))) return spans;
  await append(runId, [latest]);
  return overlay(key, spans, columnsOf([latest]));
}
