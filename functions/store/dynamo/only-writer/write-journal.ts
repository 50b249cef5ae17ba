import type { Item } from '../table.ts';

/** Items as one write left them, whole. Entries are numbered in their order, from 1. */
export interface JournalEntry {
  readonly number: number;
  readonly items: readonly Item[];
}

/** Where writes are safe before the table has them. */
export interface WriteJournal {
  /** The last number that was given away, in this process or an earlier one. */
  readonly lastNumber: number;
  /** Of what is held, about. */
  readonly bytes: () => number;
  /** Resolves once the entry outlives a power cut; when it rejects, the entry is not there. One at a time. */
  readonly append: (entry: JournalEntry) => Promise<void>;
  /** Holds just these from now on; when it rejects, what it held. Not beside an `append`. */
  readonly replace: (entries: readonly JournalEntry[]) => Promise<void>;
}
