import type { RunReader, RunRecord } from './run-reader.ts';

type LiveRunReader = Pick<RunReader, 'readLive' | 'readLiveOne'>;

/** The live runs of experiments, for searches. */
export interface LiveRuns {
  /** All of an experiment, with every write that was acknowledged before the call. */
  readonly list: (experimentId: string) => Promise<readonly RunRecord[]>;
  /** Tells that a write to a run of the experiment came to an end, well or badly. To be called after it, never before. */
  readonly touch: (experimentId: string, runId: string) => void;
  /** Tells that runs have just left the live ones, for sure. */
  readonly leave: (experimentId: string, runIds: readonly string[]) => void;
}

/** Live runs that are read anew for each search: other processes may write as well. */
export const readLiveRuns = ({ readLive }: LiveRunReader): LiveRuns => ({
  list: readLive,
  touch: () => undefined,
  leave: () => undefined,
});

/** About 150 MB of runs with a few dozen params, tags and metrics. */
const MAX_KEPT_RUNS = 20_000;
/** Up to so many runs, or a quarter of all, are read again one by one; beyond that all at once. */
const MAX_SINGLE_READS = 200;

interface Kept {
  readonly experimentId: string;
  runs: Map<string, RunRecord>;
  /** Runs that were written to since they were read. */
  readonly touched: Set<string>;
  isComplete: boolean;
  loading: Promise<void> | undefined;
}

/**
 * Live runs of the only writer: kept between searches, and what was written to since is read again.
 *
 *   write ──── takes effect ──── touch ── acknowledged        list: reads again all that was touched before it
 *
 * A read that overlaps a write may miss it, but the touch comes after the write and so after that read.
 */
export function keepLiveRuns(reader: LiveRunReader, maxKeptRuns = MAX_KEPT_RUNS): LiveRuns {
  const experiments = new Map<string, Kept>();

  /** The longest unused go first; one with too many runs is not kept at all. */
  const makeRoom = () => {
    let total = [...experiments.values()].reduce((sum, { runs }) => sum + runs.size, 0);
    for (const [experimentId, { runs }] of experiments) {
      if (total <= maxKeptRuns) return;
      experiments.delete(experimentId);
      total -= runs.size;
    }
  };

  const use = (experimentId: string): Kept => {
    const kept = experiments.get(experimentId) ?? newKept(experimentId);
    experiments.delete(experimentId);
    experiments.set(experimentId, kept);
    return kept;
  };

  return {
    list: async (experimentId) => {
      const kept = use(experimentId);
      // A load that began before this call may have read a run before it was touched; one that began since has not.
      await kept.loading?.catch(() => undefined);
      if (kept.loading || !kept.isComplete || kept.touched.size > 0) {
        kept.loading ??= load(reader, kept).finally(() => {
          kept.loading = undefined;
        });
        await kept.loading;
      }
      const runs = [...kept.runs.values()];
      makeRoom();
      return runs;
    },
    touch: (experimentId, runId) => {
      experiments.get(experimentId)?.touched.add(runId);
    },
    leave: (experimentId, runIds) => {
      const kept = experiments.get(experimentId);
      for (const runId of runIds) {
        // A load that is under way may have read it before it left.
        if (kept?.loading !== undefined) kept.touched.add(runId);
        else kept?.runs.delete(runId);
      }
    },
  };
}

const newKept = (experimentId: string): Kept => ({
  experimentId,
  runs: new Map(),
  touched: new Set(),
  isComplete: false,
  loading: undefined,
});

async function load(reader: LiveRunReader, kept: Kept): Promise<void> {
  const touched = [...kept.touched];
  kept.touched.clear();
  const isFew = touched.length <= Math.max(MAX_SINGLE_READS, kept.runs.size / 4);
  try {
    if (kept.isComplete && isFew) await reread(reader, kept, touched);
    else await readEverything(reader, kept);
  } catch (error) {
    for (const runId of touched) kept.touched.add(runId);
    throw error;
  }
}

async function readEverything(reader: LiveRunReader, kept: Kept): Promise<void> {
  const runs = await reader.readLive(kept.experimentId);
  kept.runs = new Map(runs.map((live) => [live.run.runId, live]));
  kept.isComplete = true;
}

async function reread(reader: LiveRunReader, kept: Kept, runIds: readonly string[]): Promise<void> {
  const found = await Promise.all(runIds.map(reader.readLiveOne));
  for (const [at, runId] of runIds.entries()) {
    const live = found[at];
    if (live) kept.runs.set(runId, live);
    else kept.runs.delete(runId);
  }
}
