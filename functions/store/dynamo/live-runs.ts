import { type KeptList, keepList } from './kept-list.ts';
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

/** Live runs of the only writer: kept between searches (see `keepList` for why none is ever stale). */
export function keepLiveRuns(reader: LiveRunReader, maxKeptRuns = MAX_KEPT_RUNS): LiveRuns {
  const experiments = new Map<string, KeptList<RunRecord>>();

  const keepRuns = (experimentId: string) =>
    keepList({
      readAll: () => reader.readLive(experimentId),
      readOne: reader.readLiveOne,
      idOf: ({ run }: RunRecord) => run.runId,
    });

  /** The longest unused go first; one with too many runs is not kept at all. */
  const makeRoom = () => {
    let total = [...experiments.values()].reduce((sum, { kept }) => sum + kept().size, 0);
    for (const [experimentId, { kept }] of experiments) {
      if (total <= maxKeptRuns) return;
      experiments.delete(experimentId);
      total -= kept().size;
    }
  };

  const use = (experimentId: string): KeptList<RunRecord> => {
    const runs = experiments.get(experimentId) ?? keepRuns(experimentId);
    experiments.delete(experimentId);
    experiments.set(experimentId, runs);
    return runs;
  };

  return {
    list: async (experimentId) => {
      const runs = await use(experimentId).list();
      makeRoom();
      return runs;
    },
    touch: (experimentId, runId) => experiments.get(experimentId)?.touch(runId),
    leave: (experimentId, runIds) => {
      for (const runId of runIds) experiments.get(experimentId)?.leave(runId);
    },
  };
}
