import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { createCommit, type Outcome } from './commit-document.ts';
import {
  type DocumentItems,
  documentItems,
  documentJson,
  partsGenerationOf,
  replacesOf,
  versionOf,
  versionOfGeneration,
  type Write,
  writeIdsOf,
} from './document-item.ts';
import { type Key, overflowPrefix } from './keys.ts';
import type { Marks } from './marks.ts';
import type { InTurn } from './only-writer/turns.ts';
import type { Retry } from './retry.ts';
import { type Condition, type Item, keyOf, type Table } from './table.ts';

/** How an entity is written as a document. `extra` gives the attributes kept beside the JSON. */
export interface DocumentCodec<T> {
  readonly encode: (value: T) => string;
  readonly decode: (json: string) => T;
  readonly extra: (value: T) => Item;
}

/** Writes that must happen in the same transaction as a change. */
export type Companions<T> = (before: T, after: T) => Writes | Promise<Writes>;

/** Gives what a value is to be; it may look at other things first, and is asked anew for each try. */
export type DocumentChange<T> = (value: T) => T | Promise<T>;

type Writes = readonly TransactWriteItem[];

/** A document, and what is stored beside it. */
export interface StoredDocument<T> {
  readonly value: T;
  readonly version: number;
  /** For a run that came back from the archive: the version that its row there was made of. */
  readonly replaces: number | undefined;
  /** Whether it lies in parts. */
  readonly isSpilled: boolean;
  /** By which the last writers know their own. */
  readonly writeIds: readonly string[];
}

/** What a laid-out document is to have beside its value. */
export type Layout = Pick<StoredDocument<unknown>, 'version' | 'replaces'> & {
  readonly earlierWriteIds?: readonly string[];
};

/** Documents of one kind, changed under an optimistic version. */
export interface Documents<T> {
  readonly find: (key: Key) => Promise<T | undefined>;
  readonly findStored: (key: Key) => Promise<StoredDocument<T> | undefined>;
  /** Puts a document under a key of its own. What is there already came from a try before, and may have changed since: it stays. */
  readonly create: (key: Key, value: T) => Promise<void>;
  /** Puts a document unless there is one; gives whether it did. */
  readonly createIfAbsent: (key: Key, value: T, companions?: readonly TransactWriteItem[]) => Promise<boolean>;
  /**
   * Reads, changes, puts if unchanged, and starts again when another writer was faster. Undefined when there is no
   * document. A change that gives the very same object writes nothing.
   * `'taken'` when a companion write was refused.
   */
  readonly update: (
    key: Key,
    change: DocumentChange<T>,
    companions?: Companions<T>,
  ) => Promise<T | 'taken' | undefined>;
  /** Writes the document again as the next version that replaces the one before. Whether there was a document. */
  readonly replaceVersion: (key: Key) => Promise<boolean>;
  /** The documents among the items of a query, parts put together. */
  readonly assemble: (items: readonly Item[]) => Promise<readonly T[]>;
  readonly assembleStored: (items: readonly Item[]) => Promise<readonly StoredDocument<T>[]>;
  /** Puts a document of that version unless there is one, and with it what the companions say. */
  readonly putNew: (key: Key, value: T, layout: Layout, companions: readonly TransactWriteItem[]) => Promise<Outcome>;
  /** The items that putNew writes, for a transaction of the caller's. */
  readonly layOut: (key: Key, value: T, layout: Layout) => DocumentItems;
  /** Deletes the parts of a document that is gone, up to its last version. */
  readonly sweepGone: (key: Key, lastVersion: number) => Promise<void>;
}

export interface DocumentPlatform {
  readonly table: Table;
  readonly retry: Retry;
  readonly newWriteId: () => string;
  readonly marks: Marks;
  /** Keeps this process from racing with itself. */
  readonly inTurn: InTurn;
}

interface Stored<T> {
  readonly main: Item;
  readonly value: T;
}

const ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };
const isVersion = (version: number): Condition => ({
  expression: 'v = :v',
  values: { ':v': { N: String(version) } },
});

export function createDocuments<T>(
  codec: DocumentCodec<T>,
  { table, retry, newWriteId, marks, inTurn }: DocumentPlatform,
): Documents<T> {
  /** What items stand for that are at hand: some tables give the same one again and again. */
  const decoded = new WeakMap<Item, T>();
  const commit = createCommit(table, marks);

  const itemsOf = (write: Write, value: T) => {
    const items = documentItems(write, codec.encode(value), codec.extra(value));
    decoded.set(items.main, value);
    return items;
  };

  const layOutAfter = (key: Key, value: T, before?: Item, replaces = before && replacesOf(before)) => {
    const version = before ? versionOf(before) + 1 : 1;
    const earlierWriteIds = before ? writeIdsOf(before) : [];
    return itemsOf({ key, version, writeId: newWriteId(), earlierWriteIds, replaces }, value);
  };

  const layOut = (key: Key, value: T, { version, replaces, earlierWriteIds = [] }: Layout) =>
    itemsOf({ key, version, writeId: newWriteId(), earlierWriteIds, replaces }, value);

  const read = (key: Key): Promise<Stored<T> | undefined> =>
    retry(async () => {
      const main = await table.get(key);
      if (!main) return { done: undefined };
      const value = decoded.get(main) ?? (await decodeMain(main));
      if (value === undefined) return 'again';
      decoded.set(main, value);
      return { done: { main, value } };
    });

  const decodeMain = async (main: Item): Promise<T | undefined> => {
    const generation = partsGenerationOf(main);
    const parts = generation === undefined ? [] : await table.query(overflowPrefix(keyOf(main), generation));
    const json = documentJson(main, parts);
    return json === undefined ? undefined : codec.decode(json);
  };

  const assembleStored = async (items: readonly Item[]): Promise<readonly StoredDocument<T>[]> => {
    const { mains, partsOf } = groupParts(items);
    const documents = mains.map(async (main) => {
      const json = documentJson(main, partsOf(main));
      const stored = json === undefined ? await read(keyOf(main)) : { main, value: codec.decode(json) };
      return stored && storedDocument(stored);
    });
    return (await Promise.all(documents)).filter((document) => document !== undefined);
  };

  const sweepParts = async (key: Key, upToVersion: number, current?: string) => {
    const parts = (await table.query(overflowPrefix(key))).map(keyOf);
    const stale = parts.filter(({ sk }) => {
      const generation = sk.split('~')[1] ?? '';
      return versionOfGeneration(generation) <= upToVersion && generation !== current;
    });
    await table.writeMany([], stale);
  };

  /** Parts up to the committed version can no longer become current: they are dropped. */
  const sweepReplaced = async (before: Item, { main }: DocumentItems) => {
    if (partsGenerationOf(before) === undefined) return;
    await sweepParts(keyOf(main), versionOf(main), partsGenerationOf(main));
  };

  const putIfAbsent = (key: Key, value: T, companions: readonly TransactWriteItem[]) =>
    retry(async () => {
      const outcome = await commit(layOutAfter(key, value), ABSENT, companions);
      if (outcome === 'done') return { done: true };
      // A lost race with companions may be a mere conflict of transactions: only what is there decides.
      const isConflict = outcome === 'lost' && companions.length > 0 && !(await table.get(key));
      return isConflict ? 'again' : { done: false };
    });

  const update = (key: Key, change: DocumentChange<T>, companions: Companions<T>) =>
    retry<T | 'taken' | undefined>(async () => {
      const stored = await read(key);
      if (!stored) return { done: undefined };
      const value = await change(stored.value);
      if (value === stored.value) return { done: value };
      const items = layOutAfter(key, value, stored.main);
      const writes = await companions(stored.value, value);
      const outcome = await commit(items, isVersion(versionOf(stored.main)), writes);
      if (outcome === 'lost') return 'again';
      if (outcome === 'taken') return { done: 'taken' };
      await sweepReplaced(stored.main, items);
      return { done: value };
    });

  const replaceVersion = (key: Key) =>
    retry(async () => {
      const stored = await read(key);
      if (!stored) return { done: false };
      const version = versionOf(stored.main);
      const items = layOutAfter(key, stored.value, stored.main, version);
      if ((await commit(items, isVersion(version), [])) !== 'done') return 'again';
      await sweepReplaced(stored.main, items);
      return { done: true };
    });

  return {
    find: async (key) => (await read(key))?.value,
    findStored: async (key) => {
      const stored = await read(key);
      return stored && storedDocument(stored);
    },
    create: (key, value) =>
      inTurn(key, async () => {
        await commit(layOutAfter(key, value), ABSENT, []);
      }),
    createIfAbsent: (key, value, companions = []) => inTurn(key, () => putIfAbsent(key, value, companions)),
    update: (key, change, companions = () => []) => inTurn(key, () => update(key, change, companions)),
    replaceVersion: (key) => inTurn(key, () => replaceVersion(key)),
    assemble: async (items) => (await assembleStored(items)).map(({ value }) => value),
    assembleStored,
    putNew: (key, value, layout, companions) =>
      inTurn(key, () => commit(layOut(key, value, layout), ABSENT, companions)),
    layOut,
    sweepGone: sweepParts,
  };
}

const storedDocument = <T>({ main, value }: Stored<T>): StoredDocument<T> => ({
  value,
  version: versionOf(main),
  replaces: replacesOf(main),
  isSpilled: partsGenerationOf(main) !== undefined,
  writeIds: writeIdsOf(main),
});

/** Tells documents from their parts, which a query gives in one list. */
function groupParts(items: readonly Item[]) {
  const mains = items.filter((item) => !keyOf(item).sk.includes('~'));
  const parts = items.filter((item) => keyOf(item).sk.includes('~'));
  const partsOf = (main: Item) => {
    const prefix = overflowPrefix(keyOf(main), partsGenerationOf(main) ?? ' ').skPrefix;
    return parts.length === 0 ? [] : parts.filter((part) => keyOf(part).sk.startsWith(prefix));
  };
  return { mains, partsOf };
}
