import { deleteAll } from '../dynamo/delete-all.ts';
import { createDocuments, type DocumentPlatform } from '../dynamo/documents.ts';
import { manifestKey } from '../dynamo/keys.ts';
import { EMPTY_MANIFEST, type Manifest, manifestCodec } from './manifest.ts';

/** The manifests of experiments. */
export interface Manifests {
  /** Strongly consistent. */
  readonly read: (experimentId: string) => Promise<Manifest>;
  /**
   * Changes a manifest; gives whether it did. With `revision` it must still be of that one; a change that gives the same
   * object changes nothing.
   */
  readonly change: (
    experimentId: string,
    change: (current: Manifest) => Manifest,
    revision?: number,
  ) => Promise<boolean>;
  /** Forgets the manifest of an experiment that is gone. Who has read it can change it no more, and makes no new one. */
  readonly remove: (experimentId: string) => Promise<void>;
}

const MAX_KEPT = 10_000;

/** Manifests of a table; those that its only writer has read are kept. */
export function createManifests(platform: DocumentPlatform, isOnlyWriter: boolean): Manifests {
  const documents = createDocuments(manifestCodec, platform);
  const kept = new Map<string, Manifest>();
  let changes = 0;

  const remember = (experimentId: string, manifest: Manifest) => {
    const [oldest] = kept.keys();
    if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(experimentId, manifest);
  };

  const forget = (experimentId: string) => {
    changes += 1;
    kept.delete(experimentId);
  };

  return {
    read: async (experimentId) => {
      const known = kept.get(experimentId);
      if (known) return known;
      const changesBefore = changes;
      const manifest = (await documents.find(manifestKey(experimentId))) ?? EMPTY_MANIFEST;
      // What was read beside a change may be older than it.
      if (isOnlyWriter && changes === changesBefore) remember(experimentId, manifest);
      return manifest;
    },
    change: async (experimentId, change, revision) => {
      const key = manifestKey(experimentId);
      let isChanged = false;
      const next = (current: Manifest): Manifest => {
        const isRight = revision === undefined || revision === current.revision;
        const changed = isRight ? change(current) : current;
        isChanged = changed !== current;
        return isChanged ? { ...changed, revision: current.revision + 1 } : current;
      };
      forget(experimentId);
      try {
        const found = await documents.update(key, next);
        if (found !== undefined) return isChanged;
        const first = next(EMPTY_MANIFEST);
        return isChanged && (await documents.createIfAbsent(key, first));
      } finally {
        forget(experimentId);
      }
    },
    remove: async (experimentId) => {
      const key = manifestKey(experimentId);
      forget(experimentId);
      try {
        await deleteAll(platform.table, { pk: key.pk, skPrefix: '' });
      } finally {
        forget(experimentId);
      }
    },
  };
}
