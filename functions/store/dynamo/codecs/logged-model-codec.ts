import type { LoggedModel } from '../../../domain/entities.ts';
import type { DocumentCodec } from '../documents.ts';

type Entries = readonly (readonly [string, string])[];
type StoredModel = Omit<LoggedModel, 'params' | 'tags'> & { readonly params: Entries; readonly tags: Entries };

export const loggedModelCodec: DocumentCodec<LoggedModel> = {
  encode: (model) =>
    JSON.stringify({ ...model, params: [...model.params], tags: [...model.tags] } satisfies StoredModel),
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as StoredModel;
    return { ...stored, params: new Map(stored.params), tags: new Map(stored.tags) };
  },
  extra: () => ({}),
};
