import type { Collector } from '../artifacts/gc/collector.ts';
import { type CollectReport, isComplete } from '../artifacts/gc/report.ts';
import type { ScheduledCollect } from './upkeep-handler.ts';

interface ScheduledCollectProps {
  readonly collector: Collector;
  readonly clock: () => number;
  /** Hears what it came to. */
  readonly tell: (message: string, details: object) => void;
  /** Does a piece of work and has its cost told. */
  readonly metered: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/** What is begun before must be over by the end: segments of up to 50,000 rows written again, or the files of eight runs. */
const RESERVE_MS = 120_000;

/** Garbage collection by the clock; what there is no time for is the next one's. */
export const createScheduledCollect =
  ({ collector, clock, tell, metered }: ScheduledCollectProps): ScheduledCollect =>
  async (olderThanMs, timeLeft) => {
    const request = { olderThanMs, runIds: [], experimentIds: [], modelIds: [], isDryRun: false };
    const time = { now: clock(), isTimeUp: () => timeLeft() < RESERVE_MS };
    const { report, next } = await metered('collect', () => collector.collect(request, undefined, time));
    tell('garbage was collected', { ...countsOf(report), isFinished: next === undefined });
    if (!isComplete(report)) throw new Error('Some of what was deleted could not be removed; the log says what');
  };

/** Without ids, of which there may be thousands. */
function countsOf({ runs, loggedModels, experiments, uploads }: CollectReport): object {
  const kinds = Object.entries({ runs, loggedModels, experiments }).map(([kind, one]) => {
    const { found, removed, kept, failed, leftFiles, objects, bytes } = one;
    const lengths = { removed: removed.length, kept: kept.length, failed: failed.length, leftFiles: leftFiles.length };
    return [kind, { found, ...lengths, objects, bytes }] as const;
  });
  return { ...Object.fromEntries(kinds), uploads };
}
