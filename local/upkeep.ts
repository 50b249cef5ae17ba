import type { Collector } from '../functions/artifacts/gc/collector.ts';
import type { Metering } from '../functions/entry/metering.ts';
import {
  hasGrown,
  MANY_WRITES,
  type QuietTimes,
  type TouchedRun,
  type Upkeep,
} from '../functions/store/archive/upkeep.ts';
import { SegmentCorrupt } from '../functions/store/segments/segment-corrupt.ts';
import type { Store } from '../functions/store/store.ts';

/** A laptop archives soon, so that searches are fast right away; a move back is cheap. In ms. */
export const LOCAL_QUIET_TIMES: QuietTimes = {
  over: 2_000,
  open: 600_000,
  openInCrowd: 5_000,
  crowd: 1_000,
  busy: 1_000,
};

const TICK_MS = 500;
const DAY_MS = 86_400_000;
/** Nothing was due in the experiment: it is looked at again after this time. */
const PAUSE_MS = 2_000;

/** Runs that were written to since they were archived, by experiment. */
export class TouchedRuns {
  private readonly byExperiment = new Map<string, Map<string, TouchedRun>>();

  add(experimentId: string, runId: string, lastWriteAt: number, count = 1): void {
    const ofExperiment = this.byExperiment.get(experimentId) ?? new Map<string, TouchedRun>();
    const writes = (ofExperiment.get(runId)?.writes ?? 0) + count;
    this.byExperiment.set(experimentId, ofExperiment.set(runId, { runId, lastWriteAt, writes }));
  }

  experiments(): readonly string[] {
    return [...this.byExperiment.keys()];
  }

  of(experimentId: string): ReadonlyMap<string, TouchedRun> {
    return this.byExperiment.get(experimentId) ?? new Map();
  }

  /** Forgets a run unless it was written to since. */
  remove(experimentId: string, touched: TouchedRun): void {
    const ofExperiment = this.byExperiment.get(experimentId);
    if (ofExperiment?.get(touched.runId) === touched) ofExperiment.delete(touched.runId);
    if (ofExperiment?.size === 0) this.byExperiment.delete(experimentId);
  }

  /** The writes of a history that was packed do not count again. */
  packed(experimentId: string, { runId, writes }: TouchedRun): void {
    const ofExperiment = this.byExperiment.get(experimentId);
    const current = ofExperiment?.get(runId);
    if (current) ofExperiment?.set(runId, { ...current, writes: current.writes - writes });
  }
}

interface UpkeepLoopProps {
  readonly store: Pick<Store, 'listExperiments' | 'removeDeletedModels'>;
  readonly upkeep: Upkeep;
  readonly touched: TouchedRuns;
  /** Experiments whose archived runs cannot be searched. */
  readonly damaged: Set<string>;
  /** What garbage is collected with, once a day; undefined for never. */
  readonly collect?: { readonly collector: Collector; readonly olderThanMs: number } | undefined;
  readonly clock: () => number;
  readonly report: (message: string, cause: unknown) => void;
  readonly metered: Metering['metered'];
}

/** Looks after the store twice a second, as a schedule does on AWS; `stop` waits for what is under way. */
export function startUpkeep(props: UpkeepLoopProps): { readonly stop: () => Promise<void> } {
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  const tick = createTick(props, () => isStopping);
  const schedule = () => {
    timer = setTimeout(() => {
      underWay = tick().finally(() => {
        if (!isStopping) schedule();
      });
    }, TICK_MS);
  };
  schedule();
  return {
    stop: () => {
      isStopping = true;
      clearTimeout(timer);
      return underWay;
    },
  };
}

function createTick(props: UpkeepLoopProps, isStopping: () => boolean) {
  const { store, upkeep, touched, damaged, collect, clock, report, metered } = props;
  const nextLooks = new Map<string, number>();
  let nextCollection = 0;
  let hasTakenOver = false;

  /** What the process before this one left: runs of which nobody knows when they were written to, models half deleted. */
  const takeOver = async () => {
    await store.removeDeletedModels();
    const experiments = await store.listExperiments();
    for (const { experimentId } of experiments) {
      if (isStopping()) return;
      for (const runId of await upkeep.listLive(experimentId)) {
        if (!touched.of(experimentId).has(runId)) touched.add(experimentId, runId, clock(), MANY_WRITES);
      }
      await upkeep.purge(experimentId);
    }
    hasTakenOver = true;
  };

  /** A segment that cannot be read hinders archiving, too, before any search meets it. */
  const tidyOrNoteDamage = async (experimentId: string, runs: readonly TouchedRun[]) => {
    try {
      return await upkeep.tidy(experimentId, runs);
    } catch (error) {
      if (error instanceof SegmentCorrupt) damaged.add(experimentId);
      throw error;
    }
  };

  const tidy = async (experimentId: string) => {
    const runs = [...touched.of(experimentId).values()];
    const grown = new Set(runs.filter((run) => hasGrown(run, LOCAL_QUIET_TIMES, clock())));
    nextLooks.set(experimentId, clock() + PAUSE_MS);
    const left = new Set(await metered('upkeep', () => tidyOrNoteDamage(experimentId, runs)));
    for (const run of runs) {
      if (!left.has(run.runId)) touched.remove(experimentId, run);
      else if (grown.has(run)) touched.packed(experimentId, run);
    }
    if (left.size < runs.length) nextLooks.delete(experimentId);
  };

  /** What fails has been reported one by one; tomorrow it is tried again. */
  const collectGarbage = async () => {
    if (!collect || nextCollection > clock()) return;
    nextCollection = clock() + DAY_MS;
    const request = { olderThanMs: collect.olderThanMs, runIds: [], experimentIds: [], modelIds: [], isDryRun: false };
    const time = { now: clock(), isTimeUp: isStopping };
    await metered('garbage collection', () => collect.collector.collect(request, undefined, time));
  };

  const guarded = async (what: string, work: () => Promise<unknown>) => {
    try {
      if (!isStopping()) await work();
    } catch (error) {
      report(`${what} failed and will be tried again`, error);
    }
  };

  return async () => {
    if (!hasTakenOver) await guarded('taking over the store', takeOver);
    for (const experimentId of damaged) {
      await guarded(`rebuilding the archive of experiment ${experimentId}`, async () => {
        await upkeep.rebuild(experimentId);
        damaged.delete(experimentId);
      });
    }
    for (const experimentId of touched.experiments()) {
      if ((nextLooks.get(experimentId) ?? 0) > clock()) continue;
      await guarded(`archiving runs of experiment ${experimentId}`, () => tidy(experimentId));
    }
    await guarded('collecting garbage', collectGarbage);
  };
}
