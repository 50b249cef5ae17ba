import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  type DocumentItems,
  documentItems,
  documentJson,
  partsGenerationOf,
  versionOf,
  versionOfGeneration,
  writeIdsOf,
} from './document-item.ts';
import { cancellationCodes, failedCondition } from './failures.ts';
import { type Key, overflowPrefix } from './keys.ts';
import type { Marks } from './marks.ts';
import type { InTurn } from './only-writer/turns.ts';
import type { Retry } from './retry.ts';
import { type Condition, conditionInput, type Item, keyOf, type Table } from './table.ts';

/** How an entity is written as a document. `extra` gives the attributes kept beside the JSON. */
export interface DocumentCodec<T> {
  readonly encode: (value: T) => string;
  readonly decode: (json: string) => T;
  readonly extra: (value: T) => Item;
}

/** Writes that must happen in the same transaction as a change. */
export type Companions<T> = (before: T, after: T) => readonly TransactWriteItem[];

/** Documents of one kind, changed under an optimistic version. */
export interface Documents<T> {
  readonly find: (key: Key) => Promise<T | undefined>;
  /** Puts a document under a key of its own. What is there already came from a try before, and may have changed since: it stays. */
  readonly create: (key: Key, value: T) => Promise<void>;
  /** Puts a document unless there is one; gives whether it did. */
  readonly createIfAbsent: (key: Key, value: T, companions?: readonly TransactWriteItem[]) => Promise<boolean>;
  /**
   * Reads, changes, puts if unchanged, and starts again when another writer was faster. Undefined when there is no
   * document. A change that gives the very same object writes nothing.
   * `'taken'` when a companion write was refused.
   */
  readonly update: (key: Key, change: (value: T) => T, companions?: Companions<T>) => Promise<T | 'taken' | undefined>;
  /** The documents among the items of a query, parts put together. */
  readonly assemble: (items: readonly Item[]) => Promise<readonly T[]>;
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
/** Why a transaction may be cancelled that another try may bring through. */
const RACES = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);
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

  const layOut = (key: Key, value: T, before?: Item) => {
    const version = before ? versionOf(before) + 1 : 1;
    const write = { key, version, writeId: newWriteId(), earlierWriteIds: before ? writeIdsOf(before) : [] };
    const items = documentItems(write, codec.encode(value), codec.extra(value));
    decoded.set(items.main, value);
    return items;
  };

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

  /** Commits laid-out items under a condition: `lost` when another write stood in the way, `taken` for a companion. */
  const commit = async (items: DocumentItems, condition: Condition, companions: readonly TransactWriteItem[]) => {
    try {
      const outcome = await tryCommit(items, condition, companions);
      if (outcome === 'done') marks.learn(items.main);
      return outcome;
    } catch (error) {
      marks.forget(keyOf(items.main));
      throw error;
    }
  };

  const tryCommit = async (items: DocumentItems, condition: Condition, companions: readonly TransactWriteItem[]) => {
    if (items.parts.length > 0) await table.writeMany(items.parts, []);
    try {
      if (companions.length === 0) await table.put(items.main, condition);
      else await table.transact([conditionalPut(table, items.main, condition), ...companions]);
      return 'done';
    } catch (error) {
      const outcome =
        companions.length === 0 ? refusedPut(error, items.main) : await refusedTransaction(error, items.main);
      if (outcome !== 'done') await table.writeMany([], items.parts.map(keyOf));
      return outcome;
    }
  };

  const refusedPut = (error: unknown, main: Item) => {
    const { item } = failedCondition(error);
    // The client tried twice and the first try had taken effect: what stands in the way is ours, or made after ours.
    return item && holdsWrite(item, main) ? 'done' : 'lost';
  };

  const refusedTransaction = async (error: unknown, main: Item) => {
    const codes = cancellationCodes(error);
    const [own, ...others] = codes;
    // Anything else, such as a document that DynamoDB holds invalid, would be refused again and again.
    if (!codes.every((code) => RACES.has(code))) throw error;
    const current = await table.get(keyOf(main));
    if (current && holdsWrite(current, main)) return 'done';
    const isTaken = own === 'None' && others.includes('ConditionalCheckFailed');
    return isTaken ? 'taken' : 'lost';
  };

  /** Parts up to the committed version can no longer become current: they are dropped. */
  const sweepParts = async (before: Item, after: DocumentItems) => {
    if (partsGenerationOf(before) === undefined) return;
    const version = versionOf(after.main);
    const parts = (await table.query(overflowPrefix(keyOf(after.main)))).map(keyOf);
    const stale = parts.filter(({ sk }) => {
      const generation = sk.split('~')[1] ?? '';
      return versionOfGeneration(generation) <= version && generation !== partsGenerationOf(after.main);
    });
    await table.writeMany([], stale);
  };

  const putIfAbsent = (key: Key, value: T, companions: readonly TransactWriteItem[]) =>
    retry(async () => {
      const outcome = await commit(layOut(key, value), ABSENT, companions);
      if (outcome === 'done') return { done: true };
      // A lost race with companions may be a mere conflict of transactions: only what is there decides.
      const isConflict = outcome === 'lost' && companions.length > 0 && !(await table.get(key));
      return isConflict ? 'again' : { done: false };
    });

  const update = (key: Key, change: (value: T) => T, companions: Companions<T>) =>
    retry<T | 'taken' | undefined>(async () => {
      const stored = await read(key);
      if (!stored) return { done: undefined };
      const value = change(stored.value);
      if (value === stored.value) return { done: value };
      const items = layOut(key, value, stored.main);
      const outcome = await commit(items, isVersion(versionOf(stored.main)), companions(stored.value, value));
      if (outcome === 'lost') return 'again';
      if (outcome === 'taken') return { done: 'taken' };
      await sweepParts(stored.main, items);
      return { done: value };
    });

  return {
    find: async (key) => (await read(key))?.value,
    create: (key, value) =>
      inTurn(key, async () => {
        await commit(layOut(key, value), ABSENT, []);
      }),
    createIfAbsent: (key, value, companions = []) => inTurn(key, () => putIfAbsent(key, value, companions)),
    update: (key, change, companions = () => []) => inTurn(key, () => update(key, change, companions)),
    assemble: async (items) => {
      const { mains, partsOf } = groupParts(items);
      const values = mains.map(async (main) => {
        const json = documentJson(main, partsOf(main));
        return json === undefined ? (await read(keyOf(main)))?.value : codec.decode(json);
      });
      return (await Promise.all(values)).filter((value) => value !== undefined);
    },
  };
}

/** Whether a document came about by the write of `main`, or after it. */
const holdsWrite = (document: Item, main: Item): boolean => {
  const [writeId = ''] = writeIdsOf(main);
  return writeIdsOf(document).includes(writeId);
};

const conditionalPut = (table: Table, item: Item, condition: Condition): TransactWriteItem => ({
  Put: { TableName: table.name, Item: { ...item }, ...conditionInput(condition) },
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
