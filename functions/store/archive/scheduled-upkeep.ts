import { SegmentCorrupt } from '../segments/segment-corrupt.ts';
import type { Store } from '../store.ts';
import { dueWork, type ExperimentWork, isDue } from './due-work.ts';
import { inParallel } from './in-parallel.ts';
import { FEW_WRITES, type QuietTimes, type Upkeep } from './upkeep.ts';
import type { WorkList } from './work-list.ts';

/** How long the process may still run, in ms. */
export type TimeLeft = () => number;

/** The upkeep as a schedule drives it, from the work that the table lists. Each rejects when any part of it failed. */
export interface ScheduledUpkeep {
  /** Rebuilds damaged archives and archives what is due, until the time is short; the next one goes on. */
  readonly tidy: (timeLeft: TimeLeft) => Promise<void>;
  /**
   * Notes live runs that nobody has noted: their notes were lost, or they are older than the notes. Forgets what garbage
   * collection has emptied, and what is left of registered models whose deletion was cut short.
   */
  readonly sweep: (timeLeft: TimeLeft) => Promise<void>;
  /** Makes the archive of an experiment anew. */
  readonly rebuild: (experimentId: string) => Promise<void>;
}

export interface ScheduledUpkeepProps {
  readonly store: Pick<Store, 'listExperiments' | 'removeDeletedModels'>;
  readonly upkeep: Upkeep;
  readonly workList: WorkList;
  readonly quietTimes: QuietTimes;
  readonly clock: () => number;
  readonly report: (message: string, cause: unknown) => void;
  /** Does a piece of work and has its cost told. */
  readonly metered: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/** Several may hold new segments in memory at once. */
const EXPERIMENTS_AT_ONCE = 4;
const RUNS_AT_ONCE = 16;
/** What is begun before must be over by the end: a merge of a million runs takes less. */
const RESERVE_MS = 120_000;

export function createScheduledUpkeep(props: ScheduledUpkeepProps): ScheduledUpkeep {
  const { store, upkeep, workList, quietTimes, clock, metered } = props;
  const forEach = forEachExperiment(props.report);

  const rebuild = async (experimentId: string) => {
    await metered('rebuild', () => upkeep.rebuild(experimentId));
    // Whoever finds damage while it is being mended finds that which is mended.
    await workList.forgetDamage(experimentId);
  };

  const tidyExperiment = async ({ experimentId, items }: ExperimentWork, isTimeUp: () => boolean) => {
    const isLeft = new Set(await upkeep.tidy(experimentId, items, isTimeUp));
    const gone = items.filter(({ runId }) => !isLeft.has(runId));
    await inParallel(gone, RUNS_AT_ONCE, workList.done);
    if (isTimeUp()) return;
    const now = clock();
    const seen = items.filter((item) => isLeft.has(item.runId) && isDue(item, quietTimes, now));
    await inParallel(seen, RUNS_AT_ONCE, (item) => workList.looked(item, now));
  };

  const tidyOrNoteDamage = async (work: ExperimentWork, isTimeUp: () => boolean) => {
    try {
      await metered('tidy', () => tidyExperiment(work, isTimeUp));
    } catch (error) {
      if (error instanceof SegmentCorrupt) await workList.noteDamage(work.experimentId);
      throw error;
    }
  };

  const noteUnknown = async (experimentId: string, known: ReadonlySet<string>) => {
    const unknown = (await upkeep.listLive(experimentId)).filter((runId) => !known.has(runId));
    const lastWriteAt = clock();
    await inParallel(unknown, RUNS_AT_ONCE, (runId) => workList.note({ runId, lastWriteAt, writes: FEW_WRITES }));
  };

  const sweep = async (timeLeft: TimeLeft): Promise<number> => {
    await store.removeDeletedModels();
    const known = new Set((await workList.list()).map(({ runId }) => runId));
    const experiments = await store.listExperiments();
    return forEach('looking for live runs', experiments, EXPERIMENTS_AT_ONCE, async ({ experimentId }) => {
      if (timeLeft() < RESERVE_MS) throw new Error('There was no time left');
      await noteUnknown(experimentId, known);
      await upkeep.purge(experimentId);
    });
  };

  return {
    tidy: async (timeLeft) => {
      const isTimeUp = () => timeLeft() < RESERVE_MS;
      const { damaged, noted } = await metered('list work', async () => ({
        damaged: await workList.listDamaged(),
        noted: await workList.list(),
      }));
      const due = dueWork(noted, quietTimes, clock());
      const sound = due.filter(({ experimentId }) => !damaged.includes(experimentId));
      const [unmended, untidied] = await Promise.all([
        forEach(REBUILDING, damaged.map(named), 1, async ({ experimentId }) => {
          if (!isTimeUp()) await rebuild(experimentId);
        }),
        forEach('archiving runs', sound, EXPERIMENTS_AT_ONCE, async (work) => {
          if (!isTimeUp()) await tidyOrNoteDamage(work, isTimeUp);
        }),
      ]);
      throwIfAny(unmended + untidied);
    },
    sweep: async (timeLeft) => throwIfAny(await metered('sweep', () => sweep(timeLeft))),
    rebuild: async (experimentId) => {
      throwIfAny(await forEach(REBUILDING, [named(experimentId)], 1, (one) => rebuild(one.experimentId)));
    },
  };
}

const REBUILDING = 'rebuilding the archive';

interface Named {
  readonly experimentId: string;
}

const named = (experimentId: string): Named => ({ experimentId });

/** Does work for experiments. What fails is reported and keeps no other from its turn; gives how many did. */
const forEachExperiment =
  (report: ScheduledUpkeepProps['report']) =>
  async <T extends Named>(what: string, items: readonly T[], atOnce: number, work: (item: T) => Promise<void>) => {
    let failed = 0;
    await inParallel(items, atOnce, async (item) => {
      try {
        await work(item);
      } catch (error) {
        report(`${what} of experiment ${item.experimentId} failed`, error);
        failed += 1;
      }
    });
    return failed;
  };

/** Without what failed, which was reported: Lambda would log all that an error carries. */
function throwIfAny(failed: number): void {
  if (failed > 0) throw new Error(`The upkeep of ${failed} experiments failed`);
}
