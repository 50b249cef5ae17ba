import { setImmediate as immediate } from 'node:timers/promises';
import type { Key } from '../keys.ts';
import { type Item, keyOf, keyOfWrite, type Table } from '../table.ts';
import { itemBytes, nameOf } from './items.ts';
import { type ApplyProps, applyFirst } from './late-batch.ts';
import { createLateItems } from './late-items.ts';
import type { WriteJournal } from './write-journal.ts';

/** A table that may have an item later than it is acknowledged. */
export interface LateTable extends Table {
  /** Puts an item, over whatever is there. Resolves once that is safe; the table has it a little later. */
  readonly putLate: (item: Item) => Promise<void>;
  /** Resolves when the table has all that was put before. */
  readonly settle: () => Promise<void>;
}

export interface WriteLateProps {
  readonly journal: WriteJournal;
  /** Hears what went wrong beside the requests; what was acknowledged is still safe, and is tried again. */
  readonly report: (message: string, cause: unknown) => void;
}

/** The writes of so long go into the table together, unless a reader needs them there. */
const DELAY_MS = 250;
/** With so much at hand the table gets it at once, */
const PLENTY = 1_000;
const PLENTY_BYTES = 1_000_000;
/** and with so much writers wait until it has some. */
const MAX_LATE_BYTES = 8_000_000;
/** An entry of the journal is one text meanwhile. */
const MAX_ENTRY_BYTES = 4_000_000;
const MAX_JOURNAL_BYTES = 16_000_000;

/** Puts that go into the journal as one entry. */
interface Group {
  readonly items: Item[];
  readonly names: Set<string>;
  bytes: number;
  readonly ended: Promise<void>;
}

/**
 * A table to which some items are written late: a journal makes them safe, for less than a commit of the embedded engine
 * costs, and the engine gets of each item just the newest state, many at a time.
 *
 *   putLate ─── journal synced, acknowledged ─────── table          get: what is late, else the table
 *                                             250 ms                anything else that is concerned: waits for the table
 */
export function writeLate(props: ApplyProps, { journal, report }: WriteLateProps): LateTable {
  const { table } = props;
  const late = createLateItems();
  let gathering: Group | undefined;
  let writing: Group | undefined;
  let given = journal.lastNumber;
  let journaled = given;
  let maxJournalBytes = MAX_JOURNAL_BYTES;
  let applying: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const write = async (group: Group) => {
    given += 1;
    const entry = { number: given, items: group.items };
    try {
      await journal.append(entry);
      late.add(entry);
    } finally {
      journaled = entry.number;
    }
  };

  /** The next group goes to the journal when the one before is there; until then it takes in what comes. */
  const gather = (): Group => {
    const before = writing?.ended ?? immediate();
    const group: Group = {
      items: [],
      names: new Set(),
      bytes: 0,
      ended: before
        .catch(() => undefined)
        .then(async () => {
          gathering = undefined;
          writing = group;
          await write(group);
          await shorten();
        })
        .finally(() => {
          if (writing === group) writing = undefined;
          schedule();
        }),
    };
    return group;
  };

  const shorten = async () => {
    if (journal.bytes() <= maxJournalBytes) return;
    try {
      await journal.replace([...late.list()].map(({ number, item }) => ({ number, items: [item] })));
      maxJournalBytes = MAX_JOURNAL_BYTES;
    } catch (error) {
      maxJournalBytes *= 2;
      report('the journal could not be shortened', error);
    }
  };

  const schedule = () => {
    const isPlenty = late.count() >= PLENTY || late.bytes() >= PLENTY_BYTES;
    if (isPlenty && !applying) void applyInBackground();
    else if (late.count() > 0) timer ??= setTimeout(applyInBackground, DELAY_MS).unref();
  };

  const applyInBackground = async () => {
    clearTimeout(timer);
    timer = undefined;
    try {
      await applyThrough(journaled);
    } catch (error) {
      // The next write tries again, or whoever needs it in the table.
      report('what was logged is safe but not in the table yet', error);
    }
  };

  const applyThrough = async (number: number) => {
    for (;;) {
      const [first] = late.list();
      if (!first || first.number > number) return;
      await applyNext();
    }
  };

  const applyNext = (): Promise<void> => {
    applying ??= applyFirst(props, late, journaled).finally(() => {
      applying = undefined;
    });
    return applying;
  };

  /** What to wait for before there may be room; undefined when there is. */
  const findHindrance = (): Promise<void> | undefined => {
    if (late.bytes() > MAX_LATE_BYTES) return applyNext();
    if (gathering && gathering.bytes > MAX_ENTRY_BYTES) return gathering.ended.catch(() => undefined);
    return undefined;
  };

  const settle = async () => {
    const underWay = [writing?.ended, gathering?.ended].filter((ended) => ended !== undefined);
    await Promise.allSettled(underWay);
    await applyThrough(journaled);
  };

  const isLate = (key: Key): boolean => {
    const name = nameOf(key);
    return late.find(key) !== undefined || Boolean(writing?.names.has(name) || gathering?.names.has(name));
  };

  const isLateIn = (pk: string): boolean => {
    const concerns = (group: Group | undefined) => group?.items.some((item) => item.pk?.S === pk);
    return late.hasIn(pk) || Boolean(concerns(writing) || concerns(gathering));
  };

  /** Does what must find in the table everything that was put before. */
  const after = async <T>(isConcerned: boolean, operate: () => Promise<T>): Promise<T> => {
    if (isConcerned) await settle();
    return operate();
  };

  return {
    ...table,
    putLate: async (item) => {
      for (let wait = findHindrance(); wait; wait = findHindrance()) await wait;
      gathering ??= gather();
      gathering.items.push(item);
      gathering.names.add(nameOf(keyOf(item)));
      gathering.bytes += itemBytes(item);
      await gathering.ended;
    },
    settle,
    get: async (key) => late.find(key) ?? table.get(key),
    getMany: async (keys) => {
      const found = keys.map(late.find).filter((item) => item !== undefined);
      const rest = found.length === 0 ? keys : keys.filter((key) => !late.find(key));
      return rest.length === 0 ? found : [...found, ...(await table.getMany(rest))];
    },
    query: (prefix) => after(isLateIn(prefix.pk), () => table.query(prefix)),
    queryFirst: (prefix, ...bounds) => after(isLateIn(prefix.pk), () => table.queryFirst(prefix, ...bounds)),
    put: (item, condition) => after(isLate(keyOf(item)), () => table.put(item, condition)),
    update: (key, ...update) => after(isLate(key), () => table.update(key, ...update)),
    transact: (items) => after(items.map(keyOfWrite).some(isLate), () => table.transact(items)),
    writeTogether: (items) => after(items.map(keyOfWrite).some(isLate), () => table.writeTogether(items)),
    writeMany: (puts, deletes) =>
      after([...puts.map(keyOf), ...deletes].some(isLate), () => table.writeMany(puts, deletes)),
  };
}
