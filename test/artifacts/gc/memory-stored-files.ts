import type { StoredFiles } from '../../../functions/artifacts/gc/stored-files.ts';

/** Files in memory, with what a test may do to them. */
export interface MemoryFiles extends StoredFiles {
  /** Sizes by path. */
  readonly sizeOf: Map<string, number>;
  /** What is thrown before a folder is removed, by folder. */
  readonly failing: Map<string, Error>;
  /** Hears of each folder before it is removed. */
  readonly onRemove: { call: (folder: string) => Promise<unknown> };
}

export function createMemoryFiles(): MemoryFiles {
  const sizeOf = new Map<string, number>();
  const failing = new Map<string, Error>();
  const onRemove: MemoryFiles['onRemove'] = { call: async () => undefined };
  const below = (folder: string) => [...sizeOf].filter(([path]) => path.startsWith(`${folder}/`));
  const freed = (files: readonly (readonly [string, number])[], isDone: boolean) => ({
    objects: files.length,
    bytes: files.reduce((sum, [, size]) => sum + size, 0),
    isDone,
  });
  return {
    sizeOf,
    failing,
    onRemove,
    measure: async (folder) => freed(below(folder), true),
    remove: async (folder, isTimeUp) => {
      await onRemove.call(folder);
      const error = failing.get(folder);
      if (error) throw error;
      const files = below(folder);
      // One at least, as a page of S3.
      const gone = isTimeUp() ? files.slice(0, 1) : files;
      for (const [path] of gone) sizeOf.delete(path);
      return freed(gone, gone.length === files.length);
    },
    abortUploads: async () => ({ found: 0, aborted: 0 }),
  };
}
