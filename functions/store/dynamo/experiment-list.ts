import type { Experiment } from '../../domain/entities.ts';
import type { ListReader } from './kept-list.ts';
import { keepWhole, readWhole, type WholeList } from './whole-list.ts';

/** How experiments are read, strongly consistent. */
export type ExperimentReader = Omit<ListReader<Experiment>, 'idOf'>;

/**
 * Experiments that are read anew for each search: other processes may write as well. Of 10,000 that is 560 RRU, which
 * is 0.007 cents; an item a partition that told whether anything has changed would cost each change two writes more.
 */
export const readExperiments = (reader: ExperimentReader): WholeList<Experiment> => readWhole(reader);

/** Beyond so many characters, about 100 MB, experiments are read anew for each search. 10,000 small ones are 5 million. */
const MAX_KEPT_CHARACTERS = 50_000_000;
/** What an experiment takes besides its texts. */
const CHARACTERS_BESIDE = 400;

/** Experiments of the only writer, kept between searches. */
export const keepExperiments = (reader: ExperimentReader, maxCharacters = MAX_KEPT_CHARACTERS): WholeList<Experiment> =>
  keepWhole({ ...reader, idOf: ({ experimentId }) => experimentId }, { charactersOf, maxCharacters });

function charactersOf({ name, artifactLocation, tags }: Experiment): number {
  let characters = CHARACTERS_BESIDE + name.length + artifactLocation.length;
  for (const [key, value] of tags) characters += key.length + value.length;
  return characters;
}
