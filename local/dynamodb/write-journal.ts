import { restoreBytes, withBase64 } from '../../functions/store/dynamo/client/wire-json.ts';
import type { JournalEntry, WriteJournal } from '../../functions/store/dynamo/only-writer/write-journal.ts';
import { Journal } from '../journal/journal.ts';

/** A journal in a file, with what a process that died had left there. */
export interface FoundJournal extends Omit<WriteJournal, 'lastNumber'> {
  readonly entries: readonly JournalEntry[];
  readonly close: () => Promise<void>;
}

const FORMAT = { format: 'tracklet-writes', version: 1 };
const ROOM_BYTES = 1024 * 1024;

/** Opens or starts the journal at `path`. Nobody else may have it open. */
export async function openWriteJournal(path: string): Promise<FoundJournal> {
  const entries: JournalEntry[] = [];
  // The line's checksum holds, so it is what `append` wrote.
  const file = await Journal.open({ path, format: FORMAT, roomBytes: ROOM_BYTES }, (line) =>
    entries.push(decode(line as JournalEntry)),
  );
  let failure: unknown;

  const append = async (entry: JournalEntry): Promise<void> => {
    if (failure) throw failure;
    try {
      await file.append([withBase64(entry)]);
    } catch (error) {
      await takeBack(error);
      throw error;
    }
  };

  /** A full disk, mostly. What was half written must not stand before what comes next. */
  const takeBack = async (error: unknown) => {
    try {
      await file.reread(() => undefined);
    } catch {
      failure = new Error(`${path} could not be written to; nothing is taken until the server is started again`, {
        cause: error,
      });
    }
  };

  return {
    entries,
    bytes: () => file.bytes,
    append,
    replace: (kept) => file.rewrite(kept.map(withBase64)),
    close: () => file.close(),
  };
}

function decode(entry: JournalEntry): JournalEntry {
  for (const item of entry.items) restoreBytes(item as Parameters<typeof restoreBytes>[0]);
  return entry;
}

/** For a store that is in memory itself. */
export const MEMORY_JOURNAL: WriteJournal = {
  lastNumber: 0,
  bytes: () => 0,
  append: () => Promise.resolve(),
  replace: () => Promise.resolve(),
};
