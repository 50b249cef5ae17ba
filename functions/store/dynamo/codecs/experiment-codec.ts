import type { Experiment } from '../../../domain/entities.ts';
import type { DocumentCodec } from '../documents.ts';
import { markItem } from '../marks.ts';

type StoredExperiment = Omit<Experiment, 'tags'> & { readonly tags: readonly (readonly [string, string])[] };

/** The stage stands beside the JSON, so that a writer of runs reads it without the tags. */
export const experimentCodec: DocumentCodec<Experiment> = {
  encode: (experiment) => JSON.stringify({ ...experiment, tags: [...experiment.tags] } satisfies StoredExperiment),
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as StoredExperiment;
    return { ...stored, tags: new Map(stored.tags) };
  },
  extra: markItem,
};
