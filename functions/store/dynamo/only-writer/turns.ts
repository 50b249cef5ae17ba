import type { Key } from '../keys.ts';
import { nameOf } from './items.ts';

/** Does work that reads and changes an item. */
export type InTurn = <T>(key: Key, work: () => Promise<T>) => Promise<T>;

/** Leaves it to the item's version who comes first: writers of other processes could not be made to wait. */
export const atOnce: InTurn = (_, work) => work();

/** Lets work on one item wait for the work that came before it, however that ends. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const name = nameOf(key);
    const mine = last.get(name)?.then(work, work) ?? work();
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
