import type { Dataset } from '../../../domain/entities.ts';
import type { DocumentCodec } from '../documents.ts';

/** A dataset is written once and never changed. */
export const datasetCodec: DocumentCodec<Dataset> = {
  encode: (dataset) => JSON.stringify(dataset),
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as Dataset;
    return { ...stored, schema: stored.schema, profile: stored.profile };
  },
  extra: () => ({}),
};
