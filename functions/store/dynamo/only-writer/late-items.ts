import type { Key } from '../keys.ts';
import { type Item, keyOf } from '../table.ts';
import { itemBytes, nameOf } from './items.ts';
import type { JournalEntry } from './write-journal.ts';

/** An item that is safe in the journal and has yet to go into the table. */
export interface LateItem {
  readonly name: string;
  readonly item: Item;
  readonly bytes: number;
  /** Of the entry that it came with. */
  readonly number: number;
}

/** The items that go into the table later: of each its newest state, in the order in which they came. */
export interface LateItems {
  readonly add: (entry: JournalEntry) => void;
  readonly find: (key: Key) => Item | undefined;
  readonly hasIn: (pk: string) => boolean;
  /** Takes out what is still as it was when it was listed. */
  readonly drop: (items: readonly LateItem[]) => void;
  readonly list: () => Iterable<LateItem>;
  readonly count: () => number;
  readonly bytes: () => number;
}

/** What an item takes in memory besides its contents, about. */
const ITEM_OVERHEAD_BYTES = 300;

export function createLateItems(): LateItems {
  const byName = new Map<string, LateItem>();
  const countOf = new Map<string, number>();
  let total = 0;

  const remove = (late: LateItem) => {
    byName.delete(late.name);
    total -= late.bytes;
    const { pk } = keyOf(late.item);
    const left = (countOf.get(pk) ?? 0) - 1;
    if (left > 0) countOf.set(pk, left);
    else countOf.delete(pk);
  };

  const put = (number: number, item: Item) => {
    const key = keyOf(item);
    const name = nameOf(key);
    const replaced = byName.get(name);
    if (replaced) remove(replaced);
    const late = { name, item, number, bytes: ITEM_OVERHEAD_BYTES + itemBytes(item) };
    byName.set(name, late);
    countOf.set(key.pk, (countOf.get(key.pk) ?? 0) + 1);
    total += late.bytes;
  };

  return {
    add: ({ number, items }) => {
      for (const item of items) put(number, item);
    },
    find: (key) => byName.get(nameOf(key))?.item,
    hasIn: (pk) => countOf.has(pk),
    drop: (items) => {
      for (const late of items) if (byName.get(late.name) === late) remove(late);
    },
    list: () => byName.values(),
    count: () => byName.size,
    bytes: () => total,
  };
}
