import { NO_POINTS } from '../../../domain/point-columns.ts';
import type { Store } from '../../store.ts';
import { homeOfRun } from '../keys.ts';
import { createChunkCache } from './chunk-cache.ts';
import { packMetrics } from './pack-metrics.ts';
import { readPage } from './read-page.ts';
import { createSeriesReader } from './read-series.ts';
import { type Mending, reconcile } from './reconcile.ts';
import { takeSample } from './sample.ts';
import type { Span } from './span.ts';

type HistoryVerbs = Pick<Store, 'readMetricHistory' | 'sampleMetricHistory' | 'packMetrics'>;

interface HistoryProps extends Mending {
  readonly newWriteId: () => string;
}

const MAX_CACHE_BYTES = 64 * 1024 * 1024;

/** Reads and packs what writers have appended. */
export function createHistoryVerbs({ newWriteId, ...mending }: HistoryProps): HistoryVerbs {
  const { table, retry } = mending.writer;
  const cache = createChunkCache(MAX_CACHE_BYTES);
  const reader = createSeriesReader(table, retry, cache);

  const readMended = <T>(runId: string, key: string, use: (spans: readonly Span[]) => Promise<T>): Promise<T> =>
    reader.read(runId, key, async (spans) => use(await reconcile(mending, runId, key, spans)));

  return {
    readMetricHistory: async (runId, key, range = {}) => {
      // An id that Tracklet never made may be longer than a key.
      if (!homeOfRun(runId)) return { points: NO_POINTS, hasMore: false };
      // The first page has mended what there was to mend.
      const read = range.after ? reader.read : readMended;
      return read(runId, key, (spans) => readPage(key, spans, range));
    },
    sampleMetricHistory: async (runId, key, request) => {
      if (!homeOfRun(runId)) return { points: NO_POINTS, count: 0 };
      return readMended(runId, key, (spans) => takeSample(key, spans, request));
    },
    packMetrics: (runId, { force = false } = {}) => packMetrics({ table, retry, cache, newWriteId }, runId, force),
  };
}
