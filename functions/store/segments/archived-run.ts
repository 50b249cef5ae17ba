import { compareCodePoints } from '../../domain/code-points.ts';
import type { Run } from '../../domain/entities.ts';
import { compareInt64 } from '../../domain/int64.ts';
import type { MetricPoint } from '../../domain/metric.ts';

/** A run as a segment keeps it: with its own stage mark, and the last value of each metric. */
export interface ArchivedRun {
  readonly run: Run;
  readonly metrics: readonly MetricPoint[];
}

/** A run that goes into a segment. */
export interface NewRow extends ArchivedRun {
  /** Set when an older row of the run may stand in another segment: the document version that was archived last. */
  readonly replaces?: number | undefined;
}

/**
 * The order of a segment's rows: later start first, then lower run id. It is the order of a search that asks for none,
 * and the tie-break of most others (MLflow: _get_orderby_clauses).
 */
export const compareArchivedRuns = ({ run: a }: ArchivedRun, { run: b }: ArchivedRun): number =>
  compareInt64(b.startTime, a.startTime) || compareCodePoints(a.runId, b.runId);
