import type { ObjectStore } from '../disk/object-store.ts';
import type { BlobRef, Change } from '../disk/state.ts';

/** Commits changes that refer to a new blob; when they are refused the blob goes. */
export const commitBlob = async (store: ObjectStore, blob: BlobRef, decide: () => readonly Change[]): Promise<void> => {
  try {
    await store.commit(decide);
  } catch (error) {
    store.blobs.discard([blob]);
    throw error;
  }
};
