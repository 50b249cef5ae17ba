import { isNewer, type MetricPoint, newestOf } from '../../../domain/metric.ts';
import { columnsOf } from '../../../domain/point-columns.ts';
import { homeOfRun } from '../keys.ts';
import { advanceLatest, type LatestWriter } from '../latest.ts';
import { overlay, type Span } from './span.ts';

/** Appends points to a run's history. */
type Append = (runId: string, points: readonly MetricPoint[]) => Promise<void>;

/** What a history is compared with, and mended by. */
export interface Mending {
  readonly writer: LatestWriter;
  readonly append: Append;
  /** The last value of a metric, as the run has it. */
  readonly findLatest: (runId: string, key: string) => Promise<MetricPoint | undefined>;
}

/**
 * A writer that died between its two writes left the last value and the history apart: the lesser one is mended. Every
 * span's sketch holds its newest point, so no chunk is read for that.
 */
export async function reconcile(
  { writer, append, findLatest }: Mending,
  runId: string,
  key: string,
  spans: readonly Span[],
): Promise<readonly Span[]> {
  const home = homeOfRun(runId);
  if (!home) return spans;
  const newest = newestOf(spans.flatMap(({ sketch }) => sketch));
  const latest = await findLatest(runId, key);
  if (newest && (!latest || isNewer(newest, latest))) await advanceLatest(writer, home, runId, [newest]);
  if (!latest || (newest && !isNewer(latest, newest))) return spans;
  await append(runId, [latest]);
  return overlay(key, spans, columnsOf([latest]));
}
