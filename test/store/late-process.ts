import type { DynamoClient } from '../../functions/store/dynamo/client/operations.ts';
import type { DynamoStore } from '../../functions/store/dynamo/index.ts';
import { combineAppended } from '../../functions/store/dynamo/metrics/appended-items.ts';
import { bringIn } from '../../functions/store/dynamo/only-writer/bring-in.ts';
import type { JournalEntry, WriteJournal } from '../../functions/store/dynamo/only-writer/write-journal.ts';
import { createRetry } from '../../functions/store/dynamo/retry.ts';
import { openTable } from '../../functions/store/dynamo/table.ts';
import { openWithUpkeep, type StoreOptions } from './open-test-store.ts';

/** Nothing comes of what a dead process still tries. */
export const DEAD = new Error('The process was killed');

/** A process that writes late, until it dies. */
export interface LateProcess {
  readonly store: DynamoStore;
  /** Kills it between two calls; what it only had in mind is gone. */
  readonly die: () => Promise<void>;
}

/** What outlives the processes of one table: it is opened by one after the other. */
export interface LateTableBench {
  readonly entries: () => readonly JournalEntry[];
  /** Starts a process; it finds `client` at work, whatever befalls its own calls. */
  readonly start: (client: DynamoClient, options?: StoreOptions, own?: DynamoClient) => Promise<LateProcess>;
}

/** Only writers of `tableName`, with a journal that each leaves to the next. */
export function lateTableBench(tableName: string): LateTableBench {
  let entries: readonly JournalEntry[] = [];

  const start: LateTableBench['start'] = async (client, options = {}, own = client) => {
    const mortal = createMortal();
    const mortalClient: DynamoClient = { send: (...call) => mortal.run(() => own.send(...call)) };
    const retry = createRetry(
      () => Promise.resolve(),
      () => 0,
    );
    const lastNumber = await bringIn(
      { table: openTable(client, tableName, retry), retry, combine: combineAppended },
      entries,
    );
    entries = [];
    const journal: WriteJournal = {
      lastNumber,
      bytes: () => entries.length,
      append: (entry) =>
        mortal.run(async () => {
          entries = [...entries, structuredClone(entry)];
        }),
      replace: (kept) =>
        mortal.run(async () => {
          entries = structuredClone(kept);
        }),
    };
    const lateWrites = { journal, report: () => undefined };
    const store = openWithUpkeep(mortalClient, tableName, { ...options, isOnlyWriter: true, lateWrites });
    return { store, die: mortal.die };
  };

  return { entries: () => entries, start };
}

function createMortal() {
  let isDead = false;
  const underWay = new Set<Promise<unknown>>();
  return {
    run: async <T>(act: () => Promise<T>): Promise<T> => {
      if (isDead) throw DEAD;
      const acting = act();
      underWay.add(acting);
      try {
        return await acting;
      } finally {
        underWay.delete(acting);
      }
    },
    die: async () => {
      isDead = true;
      await Promise.allSettled(underWay);
    },
  };
}
