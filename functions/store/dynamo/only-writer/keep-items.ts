import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Key } from '../keys.ts';
import { type Item, keyOf, type Table } from '../table.ts';
import { nameOf } from './items.ts';
import { createKeptItems } from './kept-items.ts';

/** A thousand runs or two: those that are being written. */
const MAX_KEPT_BYTES = 12_000_000;

/** What an operation tells of an item: what it is now, undefined when it is not there. */
interface Finding {
  readonly item: Item | undefined;
}

/** What is going on with an item. Read beside a write, nobody knows which of two contents is the newer. */
interface Traffic {
  operations: number;
  writing: number;
  writesBegun: number;
}

/**
 * A table that keeps the items that were read or put one by one, for `get` and `getMany`. Nobody may write to it by
 * another way. While an item is being written it is read from the table itself, so that nobody sees an older state
 * than somebody did before.
 */
export function keepItems(table: Table, maxBytes = MAX_KEPT_BYTES): Table {
  const kept = createKeptItems(maxBytes);
  const traffic = new Map<string, Traffic>();

  /** Does what a read or write of an item consists in, and keeps what it tells unless another write overlapped it. */
  const observe = async (name: string, isWrite: boolean, operate: () => Promise<Finding | undefined>) => {
    const here = traffic.get(name) ?? { operations: 0, writing: 0, writesBegun: 0 };
    traffic.set(name, here);
    const isAlone = here.writing === 0;
    here.operations += 1;
    if (isWrite) {
      kept.drop(name);
      here.writing += 1;
      here.writesBegun += 1;
    }
    const { writesBegun } = here;
    try {
      const finding = await operate();
      if (finding && isAlone && here.writesBegun === writesBegun) kept.keep(name, finding.item);
      return finding?.item;
    } finally {
      here.operations -= 1;
      if (isWrite) here.writing -= 1;
      if (here.operations === 0) traffic.delete(name);
    }
  };

  /** Writes several items, of which nothing is kept. */
  const writeAll = async (keys: readonly Key[], write: () => Promise<void>) => {
    const [key, ...others] = keys;
    if (!key) return write();
    await observe(nameOf(key), true, async () => {
      await writeAll(others, write);
      return undefined;
    });
  };

  return {
    ...table,
    get: async (key) => {
      const name = nameOf(key);
      if (kept.has(name)) return kept.use(name);
      return observe(name, false, async () => ({ item: await table.get(key) }));
    },
    getMany: async (keys) => {
      const inHand = keys.filter((key) => kept.has(nameOf(key))).map((key) => kept.use(nameOf(key)));
      const rest = keys.filter((key) => !kept.has(nameOf(key)));
      const read = rest.length === 0 ? [] : await table.getMany(rest);
      return [...inHand.filter((item) => item !== undefined), ...read];
    },
    put: async (item, condition) => {
      await observe(nameOf(keyOf(item)), true, async () => {
        await table.put(item, condition);
        // Without a condition it is one of a series, which nobody gets by itself.
        return condition && { item };
      });
    },
    update: async (key, update, after) => {
      let answer: Item = {};
      await observe(nameOf(key), true, async () => {
        answer = await table.update(key, update);
        return after && { item: after };
      });
      return answer;
    },
    transact: (items) => writeAll(items.map(keyOfWrite), () => table.transact(items)),
    writeTogether: (items) => writeAll(items.map(keyOfWrite), () => table.writeTogether(items)),
    writeMany: (puts, deletes) => writeAll([...puts.map(keyOf), ...deletes], () => table.writeMany(puts, deletes)),
  };
}

const keyOfWrite = ({ Put, Update, Delete }: TransactWriteItem): Key =>
  keyOf(Put?.Item ?? Update?.Key ?? Delete?.Key ?? {});
