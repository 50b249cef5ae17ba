import type { Experiment } from '../../domain/entities.ts';
import { keepList } from './kept-list.ts';

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
/** Experiments of the only writer: kept between searches (see `keepList` for why none is ever stale). */
export function keepExperiments(reader: ExperimentReader, maxKeptCharacters = MAX_KEPT_CHARACTERS): ExperimentList {
  const keepAll = () => keepList({ ...reader, idOf: ({ experimentId }: Experiment) => experimentId });
  let current = keepAll();
  let touches = 0;
  let touchesMeasured = -1;
  return {
    list: async () => {
      const list = current;
      const touchesBefore = touches;
      const experiments = await list.list();
      if (touchesBefore === touchesMeasured || current !== list) return experiments;
      touchesMeasured = touchesBefore;
      if (charactersOf(experiments) > maxKeptCharacters) {
        current = keepAll();
        touchesMeasured = -1;
      }
      return experiments;
    },
    touch: (experimentId) => {
      touches += 1;
      current.touch(experimentId);
    },
  };
}

function charactersOf(experiments: readonly Experiment[]): number {
  let characters = experiments.length * CHARACTERS_BESIDE;
  for (const { name, artifactLocation, tags } of experiments) {
    characters += name.length + artifactLocation.length;
    for (const [key, value] of tags) characters += key.length + value.length;
  }
  return characters;
}
