import type { SavedView } from '../../../domain/saved-view.ts';
import type { DocumentCodec } from '../documents.ts';

export const viewCodec: DocumentCodec<SavedView> = {
  encode: (view) => JSON.stringify(view),
  // The table holds what encode wrote.
  decode: (json) => JSON.parse(json) as SavedView,
  extra: () => ({}),
};
