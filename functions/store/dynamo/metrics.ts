import type { MetricPoint } from '../../domain/metric.ts';
import type { Revive } from '../archive/revive-run.ts';
import type { RunState, Store } from '../store.ts';
import { deleteAll } from './delete-all.ts';
import { archivedRunKey, homeOfRun, metricsPrefix, runDocumentKey } from './keys.ts';
import { advanceLatest, type LatestWriter } from './latest.ts';
import type { Marks } from './marks.ts';
import { appendedItems } from './metrics/appended-items.ts';
import { createHistoryVerbs } from './metrics/history-verbs.ts';
import type { RunReader } from './run-reader.ts';

type MetricVerbs = Pick<Store, 'appendMetrics' | 'readMetricHistory' | 'sampleMetricHistory' | 'packMetrics'>;

interface MetricVerbsProps {
  readonly revive: Revive;
  readonly reader: RunReader;
  readonly marks: Marks;
  readonly newSortableId: () => string;
  readonly newWriteId: () => string;
}

/** A run that moves to the archive or back may be missed by one look at both places. */
const LOOKS = 3;

/** Metric history: one appended item per log call, which the packer folds into chunks. */
export function createMetricVerbs(writer: LatestWriter, props: MetricVerbsProps): MetricVerbs {
  const { revive, reader, marks, newSortableId, newWriteId } = props;
  const { table } = writer;

  const append = async (runId: string, points: readonly MetricPoint[]): Promise<void> => {
    const items = appendedItems(runId, points, newSortableId);
    await Promise.all(items.map((item) => table.put(item)));
  };

  const history = createHistoryVerbs({ writer, append, findLatest: reader.findLatest, newWriteId });

  /** Whether garbage collection has taken a run, or is about to. */
  const isRemoved = async (runId: string): Promise<boolean> => {
    const home = homeOfRun(runId);
    if (!home) return false;
    for (let tries = 0; tries < LOOKS; tries += 1) {
      const found = await marks.find([runDocumentKey(home, runId), archivedRunKey(home, runId)]);
      const mark = found.find((one) => one !== undefined);
      if (mark) return mark.removal !== undefined;
    }
    return true;
  };

  return {
    ...history,
    appendMetrics: async ({ runId, isArchived }: RunState, points) => {
      const home = homeOfRun(runId);
      if (!home || points.length === 0) return;
      if (isArchived) await revive(runId);
      // Side by side, for half the wait: when only one of them comes through, the client sends both again, or else the
      // next reader of the history reconciles them.
      await Promise.all([append(runId, points), advanceLatest(writer, home, runId, points)]);
    },
    packMetrics: async (runId, options) => {
      const report = await history.packMetrics(runId, options);
      // What was packed of a history that was removed meanwhile goes as well: whoever removes a run marks it first, so
      // either he meets what was packed or this meets the mark.
      if (report.calls > 0 && (await isRemoved(runId))) await deleteAll(table, metricsPrefix(runId));
      return report;
    },
  };
}
