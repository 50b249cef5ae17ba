import type { KeyPrefix } from './keys.ts';
import { keyOf, type Table } from './table.ts';

/** What is read at once: so many items, of at most so many MB. */
const BATCH_ITEMS = 1000;
const BATCH_PAGES = 4;

/** Deletes all items of a range, a few MB at a time. */
export async function deleteAll(table: Table, prefix: KeyPrefix): Promise<void> {
  for (;;) {
    const items = await table.queryFirst(prefix, BATCH_ITEMS, BATCH_PAGES);
    if (items.length === 0) return;
    await table.writeMany([], items.map(keyOf));
  }
}
