import type { PointColumns } from '../../../domain/point-columns.ts';
import type { Key } from '../keys.ts';

/** Decoded chunks in memory. A chunk never changes, so what is kept is never stale. */
export interface ChunkCache {
  readonly get: (key: Key, load: () => Promise<PointColumns>) => Promise<PointColumns>;
}

/** Three columns of doubles; rare ones of bigints take more. */
const BYTES_PER_POINT = 24;

/** A cache of at most about `maxBytes`: the longest unused chunks go first. */
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
    get: async (key, load) => {
      const name = `${key.pk} ${key.sk}`;
      const columns = kept.get(name) ?? (await load());
      keep(name, columns);
      return columns;
    },
  };
}

const sizeOf = ({ values }: PointColumns): number => values.length * BYTES_PER_POINT;
