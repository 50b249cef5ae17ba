import { appliedKey } from '../keys.ts';
import { type ApplyProps, applyFirst } from './late-batch.ts';
import { createLateItems } from './late-items.ts';
import type { JournalEntry } from './write-journal.ts';

/**
 * Writes to the table what a process that died had only in its journal. Gives the last number that any entry had,
 * for the next ones to go on from.
 */
export async function bringIn(props: ApplyProps, entries: readonly JournalEntry[]): Promise<number> {
  const applied = Number((await props.table.get(appliedKey))?.n?.N ?? 0);
  const late = createLateItems();
  let last = applied;
  for (const entry of entries) {
    if (entry.number > applied) late.add(entry);
    last = Math.max(last, entry.number);
  }
  while (late.count() > 0) await applyFirst(props, late, last);
  return last;
}
