import type { Item } from '../table.ts';
import { itemBytes } from './items.ts';

/** Items in memory by name, `undefined` for one that is known not to be there; the longest unused ones are forgotten first. */
export interface KeptItems {
  readonly has: (name: string) => boolean;
  readonly use: (name: string) => Item | undefined;
  readonly keep: (name: string, item: Item | undefined) => void;
  readonly drop: (name: string) => void;
}

interface Entry {
  readonly item: Item | undefined;
  readonly bytes: number;
}

/** What an item and each of its attributes take in memory besides their contents, about. */
const ITEM_OVERHEAD_BYTES = 500;
const ATTRIBUTE_OVERHEAD_BYTES = 200;

/** Keeps about `maxBytes` of items. */
export function createKeptItems(maxBytes: number): KeptItems {
  const entries = new Map<string, Entry>();
  let total = 0;

  const drop = (name: string) => {
    total -= entries.get(name)?.bytes ?? 0;
    entries.delete(name);
  };

  const put = (name: string, entry: Entry) => {
    drop(name);
    entries.set(name, entry);
    total += entry.bytes;
  };

  return {
    has: (name) => entries.has(name),
    use: (name) => {
      const entry = entries.get(name);
      if (entry) put(name, entry);
      return entry?.item;
    },
    keep: (name, item) => {
      put(name, { item, bytes: memoryOf(item) });
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) return;
        drop(oldest);
      }
    },
    drop,
  };
}

const memoryOf = (item: Item = {}): number =>
  ITEM_OVERHEAD_BYTES + Object.keys(item).length * ATTRIBUTE_OVERHEAD_BYTES + itemBytes(item);
