import type { Metering } from '../functions/entry/metering.ts';
import type { QuietTimes, Upkeep } from '../functions/store/archive/upkeep.ts';
import type { Store } from '../functions/store/store.ts';

/** A laptop archives soon, so that searches are fast right away; a move back is cheap. In ms. */
export const LOCAL_QUIET_TIMES: QuietTimes = { over: 2_000, open: 600_000, openInCrowd: 5_000, crowd: 1_000 };

const TICK_MS = 500;
/** Nothing was due in the experiment: it is looked at again after this time. */
const PAUSE_MS = 2_000;

/** Runs that were written to since they were archived, with the time of the last write, by experiment. */
export class TouchedRuns {
  private readonly byExperiment = new Map<string, Map<string, number>>();

  add(experimentId: string, runId: string, lastWriteAt: number): void {
    const ofExperiment = this.byExperiment.get(experimentId) ?? new Map<string, number>();
    this.byExperiment.set(experimentId, ofExperiment.set(runId, lastWriteAt));
  }

  experiments(): readonly string[] {
    return [...this.byExperiment.keys()];
  }

  of(experimentId: string): ReadonlyMap<string, number> {
    return this.byExperiment.get(experimentId) ?? new Map();
  }

  /** Forgets a run unless it was written to since `lastWriteAt`. */
  remove(experimentId: string, runId: string, lastWriteAt: number): void {
    const ofExperiment = this.byExperiment.get(experimentId);
    if (ofExperiment?.get(runId) === lastWriteAt) ofExperiment.delete(runId);
    if (ofExperiment?.size === 0) this.byExperiment.delete(experimentId);
  }
}

interface UpkeepLoopProps {
  readonly store: Store;
  readonly upkeep: Upkeep;
  readonly touched: TouchedRuns;
  /** Experiments whose archived runs cannot be searched. */
  readonly damaged: Set<string>;
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
  const { store, upkeep, touched, damaged, clock, report, metered } = props;
  const nextLooks = new Map<string, number>();
  let hasFoundLive = false;

  /** Runs that were live when the server started: nobody knows when they were written to. */
  const findLive = async () => {
    const experiments = await store.listExperiments();
    for (const { experimentId } of experiments) {
      if (isStopping()) return;
      for (const runId of await upkeep.listLive(experimentId)) {
        if (!touched.of(experimentId).has(runId)) touched.add(experimentId, runId, clock());
      }
    }
    hasFoundLive = true;
  };

  const tidy = async (experimentId: string) => {
    const runs = [...touched.of(experimentId)].map(([runId, lastWriteAt]) => ({ runId, lastWriteAt }));
    const left = new Set(await metered('upkeep', () => upkeep.tidy(experimentId, runs)));
    for (const { runId, lastWriteAt } of runs) {
      if (!left.has(runId)) touched.remove(experimentId, runId, lastWriteAt);
    }
    nextLooks.set(experimentId, clock() + (left.size < runs.length ? 0 : PAUSE_MS));
  };

  const guarded = async (what: string, work: () => Promise<unknown>) => {
    try {
      if (!isStopping()) await work();
    } catch (error) {
      report(`${what} failed and will be tried again`, error);
    }
  };

  return async () => {
    if (!hasFoundLive) await guarded('looking for live runs', findLive);
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
  };
}
