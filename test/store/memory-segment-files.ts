import type { SegmentFiles } from '../../functions/store/archive/segment-files.ts';
import { SegmentCorrupt } from '../../functions/store/segments/segment-corrupt.ts';

/** Segments in memory, with what a test may do to them. */
export interface MemoryFiles extends SegmentFiles {
  readonly bytesOf: Map<string, Uint8Array>;
}

function createMemoryFiles(): MemoryFiles {
  const bytesOf = new Map<string, Uint8Array>();
  const writtenAt = new Map<string, number>();
  return {
    bytesOf,
    put: async (id, bytes) => {
      bytesOf.set(id, bytes);
      writtenAt.set(id, Date.now());
    },
    open: (id, sizeBytes) => ({
      sizeBytes,
      read: async (offset, length) => {
        const bytes = bytesOf.get(id);
        if (!bytes) throw new SegmentCorrupt('Its file is gone');
        return bytes.subarray(offset, offset + length);
      },
    }),
    remove: async (ids) => {
      for (const id of ids) bytesOf.delete(id);
    },
    listOlder: async (experimentId, beforeMs) =>
      [...bytesOf.keys()].filter((id) => id.startsWith(`${experimentId}/`) && Number(writtenAt.get(id)) < beforeMs),
  };
}

const filesOfTables = new Map<string, MemoryFiles>();

/** The segments of a table, the same for all stores on it. */
export function memoryFilesOf(tableName: string): MemoryFiles {
  const files = filesOfTables.get(tableName) ?? createMemoryFiles();
  filesOfTables.set(tableName, files);
  return files;
}
