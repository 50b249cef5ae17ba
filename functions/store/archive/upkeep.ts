import type { RunStatus } from '../../domain/entities.ts';
import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { RunRecord } from '../dynamo/run-reader.ts';
import type { Store } from '../store.ts';
import type { Archiver } from './archiver.ts';
import type { Compactor } from './compactor.ts';
import { inParallel } from './in-parallel.ts';
import type { Purge } from './purger.ts';
import type { Rebuild } from './rebuilder.ts';

/** What is known of the writes to a run since it was looked after. */
export interface TouchedRun {
  readonly runId: string;
  /** In ms. */
  readonly lastWriteAt: number;
  /** How many there were, more or less. */
  readonly writes: number;
}

/** For how long nobody may have written to a run before it is archived, in ms. */
export interface QuietTimes {
  readonly over: number;
  /** For runs that have not ended: a training that pauses longer costs a move back. */
  readonly open: number;
  /** As `open`, while an experiment has more live runs than `crowd`: searches read all of them. */
  readonly openInCrowd: number;
  readonly crowd: number;
  /** A history that was written to more recently is packed late: its last chunk is written anew each time. */
  readonly busy: number;
}

/** What keeps the store small and fast beside the requests; all of it may run twice, in several processes, and die anywhere. */
export interface Upkeep {
  /**
   * Packs the histories that have grown, archives the runs that are due, and merges segments; gives those of the runs
   * that must be looked at again. Begins nothing new once `isTimeUp`.
   */
  readonly tidy: (
    experimentId: string,
    touched: readonly TouchedRun[],
    isTimeUp?: () => boolean,
  ) => Promise<readonly string[]>;
  /** The ids of an experiment's live runs. */
  readonly listLive: (experimentId: string) => Promise<readonly string[]>;
  readonly rebuild: Rebuild;
  /** Forgets the runs of an experiment that garbage collection has emptied, whatever the size of its segments. */
  readonly purge: (experimentId: string) => Promise<void>;
}

export interface UpkeepProps {
  readonly liveRuns: LiveRuns;
  readonly archiver: Archiver;
  readonly compactor: Compactor;
  readonly purge: Purge;
  readonly rebuild: Rebuild;
  readonly packMetrics: Store['packMetrics'];
  readonly quietTimes: QuietTimes;
  readonly clock: () => number;
}

/** After so many writes the history of a run that is still written to is packed. */
export const MANY_WRITES = 64;
/** As MANY_WRITES, while the writes follow each other closely. */
const MANY_WRITES_WHEN_BUSY = 512;
/** Fewer log calls than this are read in one go as they are. */
export const FEW_WRITES = 8;
const PACKED_AT_ONCE = 4;

/** Whether the history of a run that goes on is to be packed. */
export function hasGrown({ writes, lastWriteAt }: TouchedRun, { busy }: QuietTimes, now: number): boolean {
  return writes >= (now - lastWriteAt < busy ? MANY_WRITES_WHEN_BUSY : MANY_WRITES);
}

const OVER: ReadonlySet<RunStatus> = new Set(['FINISHED', 'FAILED', 'KILLED']);

export function createUpkeep(props: UpkeepProps): Upkeep {
  const { liveRuns, archiver, compactor, purge, rebuild, packMetrics, quietTimes, clock } = props;
  const listLive = async (experimentId: string) => idsOf(await liveRuns.list(experimentId));

  /** Runs of which nothing is known are left alone: they may have been written to just now. */
  const chooseDue = (touched: readonly TouchedRun[]) => {
    const lastWrites = new Map(touched.map(({ runId, lastWriteAt }) => [runId, lastWriteAt]));
    return (live: readonly RunRecord[]) => {
      const open = live.length > quietTimes.crowd ? quietTimes.openInCrowd : quietTimes.open;
      return live.filter(({ run }) => {
        if (run.removal) return false;
        const quietMs = clock() - (lastWrites.get(run.runId) ?? Number.POSITIVE_INFINITY);
        return quietMs >= (OVER.has(run.status) ? quietTimes.over : open);
      });
    };
  };

  /** A run that leaves is packed for good; it is rarely written to again. */
  const pack = async (touched: readonly TouchedRun[], due: readonly RunRecord[], isTimeUp: () => boolean) => {
    const leaving = new Set(due.map(({ run }) => run.runId));
    const grown = touched.filter((run) =>
      leaving.has(run.runId) ? run.writes >= FEW_WRITES : hasGrown(run, quietTimes, clock()),
    );
    await inParallel(grown, PACKED_AT_ONCE, async ({ runId }) => {
      if (!isTimeUp()) await packMetrics(runId, { force: leaving.has(runId) });
    });
  };

  return {
    tidy: async (experimentId, touched, isTimeUp = () => false) => {
      const choose = chooseDue(touched);
      await pack(touched, choose(await liveRuns.list(experimentId)), isTimeUp);
      while ((await archiver.archive(experimentId, choose, isTimeUp)) > 0) {
        if (await compactor.compact(experimentId)) await compactor.sweep(experimentId);
      }
      const live = await liveRuns.list(experimentId);
      if (live.some(({ run }) => run.removal === 'emptied') && !isTimeUp()) await purge(experimentId);
      const left = new Set(idsOf(live));
      return touched.map(({ runId }) => runId).filter((runId) => left.has(runId));
    },
    listLive,
    rebuild,
    purge: async (experimentId) => {
      await purge(experimentId);
      await compactor.sweepRetired(experimentId);
    },
  };
}

/** Of those that are there for others than garbage collection. */
const idsOf = (live: readonly RunRecord[]): readonly string[] =>
  live.flatMap(({ run }) => (run.removal ? [] : run.runId));
