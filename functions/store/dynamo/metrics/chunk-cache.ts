import type { PointColumns } from '../../../domain/point-columns.ts';

/** Decoded points in memory, by a name for which they never change: so what is kept is never stale. */
export interface ChunkCache {
  readonly get: (name: string, load: () => Promise<PointColumns>) => Promise<PointColumns>;
}

/** Three columns of doubles; rare ones of bigints take more. */
const BYTES_PER_POINT = 24;
const BYTES_PER_ENTRY = 500;

/** A cache of at most about `maxBytes`: what was longest unused goes first. */
export function createChunkCache(maxBytes: number): ChunkCache {
  const kept = new Map<string, PointColumns>();
  let size = 0;

  const keep = (name: string, columns: PointColumns) => {
    if (!kept.has(name)) size += sizeOf(columns);
    kept.delete(name);
    kept.set(name, columns);
    for (const [oldest, old] of kept) {
      if (size <= maxBytes) return;
      kept.delete(oldest);
      size -= sizeOf(old);
    }
  };

  return {
    get: async (name, load) => {
      const columns = kept.get(name) ?? (await load());
      keep(name, columns);
      return columns;
    },
  };
}

const sizeOf = ({ values }: PointColumns): number => BYTES_PER_ENTRY + values.length * BYTES_PER_POINT;
