import type { EdgeChange, EdgeStore } from '../../functions/entry/edge-store.ts';

/** A store at the edge that lies in memory, what it knows, and what was written to it. */
export function memoryEdge(entries: Iterable<readonly [string, string]>) {
  const known = new Map(entries);
  const writes: EdgeChange[] = [];
  let version = 1;
  const edge: EdgeStore = {
    getVersion: async () => String(version),
    list: async () => new Map(known),
    write: async (since, change) => {
      if (since !== String(version)) throw new Error(`Pre-condition failed: it is ${version}, not ${since}`);
      writes.push(change);
      for (const key of change.deletes) known.delete(key);
      for (const [key, value] of change.puts) known.set(key, value);
      version += 1;
      return String(version);
    },
  };
  return { edge, known, writes };
}
