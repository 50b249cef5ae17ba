import type { MetricPoint } from '../../domain/metric.ts';
import type { Revive } from '../archive/revive-run.ts';
import type { RunState, Store } from '../store.ts';
import { encodeMetricBlock } from './codecs/metric-block.ts';
import { homeOfRun, metricAppendKey } from './keys.ts';
import { advanceLatest, type LatestWriter } from './latest.ts';
import { createHistoryVerbs } from './metrics/history-verbs.ts';
import type { RunReader } from './run-reader.ts';
import { keyItem } from './table.ts';

type MetricVerbs = Pick<Store, 'appendMetrics' | 'readMetricHistory' | 'sampleMetricHistory' | 'packMetrics'>;

interface MetricVerbsProps {
  readonly revive: Revive;
  readonly reader: RunReader;
  readonly newSortableId: () => string;
  readonly newWriteId: () => string;
}

/** An item holds 400 KB, its keys included. */
const MAX_BLOCK_BYTES = 350_000;

/** Metric history: one appended item per log call, which the packer folds into chunks. */
export function createMetricVerbs(writer: LatestWriter, props: MetricVerbsProps): MetricVerbs {
  const { revive, reader, newSortableId, newWriteId } = props;
  const { table } = writer;

  const append = async (runId: string, points: readonly MetricPoint[]): Promise<void> => {
    const block = encodeMetricBlock(points);
    if (block.length > MAX_BLOCK_BYTES) {
      const half = Math.ceil(points.length / 2);
      await append(runId, points.slice(0, half));
      return append(runId, points.slice(half));
    }
    return table.put({ ...keyItem(metricAppendKey(runId, newSortableId())), b: { B: block } });
  };

  return {
    appendMetrics: async ({ runId, isArchived }: RunState, points) => {
      const home = homeOfRun(runId);
      if (!home || points.length === 0) return;
      if (isArchived) await revive(runId);
      // Side by side, for half the wait: when only one of them comes through, the client sends both again, or else the
      // next reader of the history reconciles them.
      await Promise.all([append(runId, points), advanceLatest(writer, home, runId, points)]);
    },
    ...createHistoryVerbs({ writer, append, findLatest: reader.findLatest, newWriteId }),
  };
}
