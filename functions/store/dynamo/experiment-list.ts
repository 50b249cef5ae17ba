import type { Experiment } from '../../domain/entities.ts';

/** How experiments are read, strongly consistent. */
export interface ExperimentReader {
  readonly readAll: () => Promise<readonly Experiment[]>;
  readonly readOne: (experimentId: string) => Promise<Experiment | undefined>;
}

/** All experiments, for searches. */
export interface ExperimentList {
  /** All of them, in no order, with every write that was acknowledged before the call. */
  readonly list: () => Promise<readonly Experiment[]>;
  /** Tells that a write to an experiment came to an end, well or badly. To be called after it, never before. */
  readonly touch: (experimentId: string) => void;
}

/**
 * Experiments that are read anew for each search: other processes may write as well. Of 10,000 that is 560 RRU, which
 * is 0.007 cents; an item a partition that told whether anything has changed would cost each change two writes more.
 */
export const readExperiments = ({ readAll }: ExperimentReader): ExperimentList => ({
  list: readAll,
  touch: () => undefined,
});

/** Beyond so many characters, about 100 MB, experiments are read anew for each search. 10,000 small ones are 5 million. */
const MAX_KEPT_CHARACTERS = 50_000_000;
/** What an experiment takes besides its texts. */
const CHARACTERS_BESIDE = 400;
/** Up to so many experiments, or a quarter of all, are read again one by one; beyond that all at once. */
const MAX_SINGLE_READS = 200;

interface Kept {
  experiments: Map<string, Experiment>;
  /** Experiments that were written to since they were read. */
  readonly touched: Set<string>;
  isComplete: boolean;
  loading: Promise<void> | undefined;
}

/**
 * Experiments of the only writer: kept between searches, and what was written to since is read again, as live runs are
 * (see `keepLiveRuns` for why none is ever stale).
 */
export function keepExperiments(reader: ExperimentReader, maxKeptCharacters = MAX_KEPT_CHARACTERS): ExperimentList {
  let current = newKept();
  return {
    list: async () => {
      const kept = current;
      // A load that began before this call may have read an experiment before it was touched; one that began since has not.
      await kept.loading?.catch(() => undefined);
      if (kept.loading || !kept.isComplete || kept.touched.size > 0) {
        kept.loading ??= load(reader, kept).finally(() => {
          kept.loading = undefined;
        });
        await kept.loading;
        if (charactersOf(kept) > maxKeptCharacters && current === kept) current = newKept();
      }
      return [...kept.experiments.values()];
    },
    touch: (experimentId) => {
      current.touched.add(experimentId);
    },
  };
}

const newKept = (): Kept => ({ experiments: new Map(), touched: new Set(), isComplete: false, loading: undefined });

async function load(reader: ExperimentReader, kept: Kept): Promise<void> {
  const touched = [...kept.touched];
  kept.touched.clear();
  const isFew = touched.length <= Math.max(MAX_SINGLE_READS, kept.experiments.size / 4);
  try {
    if (kept.isComplete && isFew) await reread(reader, kept, touched);
    else await readEverything(reader, kept);
  } catch (error) {
    for (const experimentId of touched) kept.touched.add(experimentId);
    throw error;
  }
}

async function readEverything(reader: ExperimentReader, kept: Kept): Promise<void> {
  const experiments = await reader.readAll();
  kept.experiments = new Map(experiments.map((experiment) => [experiment.experimentId, experiment]));
  kept.isComplete = true;
}

async function reread(reader: ExperimentReader, kept: Kept, experimentIds: readonly string[]): Promise<void> {
  const found = await Promise.all(experimentIds.map(reader.readOne));
  for (const [at, experimentId] of experimentIds.entries()) {
    const experiment = found[at];
    if (experiment) kept.experiments.set(experimentId, experiment);
    else kept.experiments.delete(experimentId);
  }
}

function charactersOf({ experiments }: Kept): number {
  let characters = experiments.size * CHARACTERS_BESIDE;
  for (const { name, artifactLocation, tags } of experiments.values()) {
    characters += name.length + artifactLocation.length;
    for (const [key, value] of tags) characters += key.length + value.length;
  }
  return characters;
}
