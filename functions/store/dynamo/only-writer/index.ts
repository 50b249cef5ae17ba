import type { Table } from '../table.ts';
import { groupWrites } from './group-writes.ts';
import { keepItems } from './keep-items.ts';
import type { ApplyProps } from './late-batch.ts';
import { atOnce, createTurns, type InTurn } from './turns.ts';
import { type WriteLateProps, writeLate } from './write-late.ts';

/** A table and how to write to it. */
interface WayToWrite {
  readonly table: Table;
  readonly inTurn: InTurn;
  readonly keepsItems: boolean;
  /** Resolves when the table has all that was acknowledged before. */
  readonly settle: () => Promise<void>;
}

const settled = () => Promise.resolve();

/** For a process that knows itself the only writer; where it has a journal, some writes go into the table late. */
export function asOnlyWriter(props: ApplyProps, lateWrites: WriteLateProps | undefined): WayToWrite {
  const grouped = groupWrites(props.table);
  const late = lateWrites && writeLate({ ...props, table: grouped }, lateWrites);
  return {
    table: keepItems(late ?? grouped),
    inTurn: createTurns(),
    keepsItems: true,
    settle: late?.settle ?? settled,
  };
}

/** For one of many processes, which knows nothing of an item but what it has just read. */
export const asOneOfMany = (table: Table): WayToWrite => ({
  table,
  inTurn: atOnce,
  keepsItems: false,
  settle: settled,
});
