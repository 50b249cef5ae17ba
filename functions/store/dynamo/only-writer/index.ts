import type { Table } from '../table.ts';
import { groupWrites } from './group-writes.ts';
import { keepItems } from './keep-items.ts';
import { atOnce, createTurns, type InTurn } from './turns.ts';

/** A table and how to write to it. */
interface WayToWrite {
  readonly table: Table;
  readonly inTurn: InTurn;
  readonly keepsItems: boolean;
}

/** For a process that knows itself the only writer. */
export const asOnlyWriter = (table: Table): WayToWrite => ({
  table: keepItems(groupWrites(table)),
  inTurn: createTurns(),
  keepsItems: true,
});

/** For one of many processes, which knows nothing of an item but what it has just read. */
export const asOneOfMany = (table: Table): WayToWrite => ({ table, inTurn: atOnce, keepsItems: false });
