import type { RegisteredModel } from '../../../domain/entities.ts';
import type { DocumentCodec } from '../documents.ts';

type Entries<K, V> = readonly (readonly [K, V])[];

interface StoredRegisteredModel extends Omit<RegisteredModel, 'tags' | 'aliases' | 'stageTimes'> {
  readonly tags: Entries<string, string>;
  readonly aliases: Entries<string, number>;
  readonly stageTimes: Entries<number, number>;
}

export const registeredModelCodec: DocumentCodec<RegisteredModel> = {
  encode: (model) =>
    JSON.stringify({
      ...model,
      tags: [...model.tags],
      aliases: [...model.aliases],
      stageTimes: [...model.stageTimes],
    } satisfies StoredRegisteredModel),
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as StoredRegisteredModel;
    return {
      ...stored,
      tags: new Map(stored.tags),
      aliases: new Map(stored.aliases),
      stageTimes: new Map(stored.stageTimes),
    };
  },
  extra: () => ({}),
};
