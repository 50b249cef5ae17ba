import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Key } from '../keys.ts';
import { type Condition, type Item, keyOf, keyOfWrite, type Table, type Update } from '../table.ts';
import { holds } from './holds.ts';
import { itemBytes, nameOf } from './items.ts';
import { createKeptItems } from './kept-items.ts';
import type { LateTable } from './write-late.ts';

/** A thousand runs or two: those that are being written. */
const MAX_KEPT_BYTES = 12_000_000;

/** An item holds 400 KB: what might be refused must be refused at once. */
const MAX_LATE_BYTES = 380_000;
/** A journal takes an item whole, where the table may take what is new of it. */
const MAX_LATE_CHANGE_BYTES = 16_000;

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
 * than somebody did before. What is sure to come through goes into the table late, where the table offers that.
 */
export function keepItems(table: Table & Partial<LateTable>, maxBytes = MAX_KEPT_BYTES): Table {
  const { putLate } = table;
  const kept = createKeptItems(maxBytes);
  const traffic = new Map<string, Traffic>();

  /** Whether a condition holds, of which nobody but this process could make anything else. */
  const isSure = (name: string, condition: Condition | undefined): boolean => {
    if (!condition) return true;
    return !traffic.get(name)?.writing && kept.has(name) && holds(condition, kept.use(name));
  };

  const lateWriteOf = (name: string, item: Item | undefined, condition: Condition | undefined) => {
    if (!putLate || !item || !isSure(name, condition)) return undefined;
    const isSmall = itemBytes(item) <= (condition ? MAX_LATE_CHANGE_BYTES : MAX_LATE_BYTES);
    return isSmall ? () => putLate(item) : undefined;
  };

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
      const name = nameOf(keyOf(item));
      const write = lateWriteOf(name, item, condition) ?? (() => table.put(item, condition));
      await observe(name, true, async () => {
        await write();
        // Without a condition it is one of a series, which nobody gets by itself.
        return condition && { item };
      });
    },
    update: async (key, update, after) => {
      const name = nameOf(key);
      const putAfter = lateWriteOf(name, after, conditionOf(update));
      let answer: Item = {};
      await observe(name, true, async () => {
        if (putAfter) await putAfter();
        else answer = await table.update(key, update);
        return after && { item: after };
      });
      return answer;
    },
    transact: (items) => writeAll(keysWritten(items), () => table.transact(items)),
    writeTogether: (items) => writeAll(keysWritten(items), () => table.writeTogether(items)),
    writeMany: (puts, deletes) => writeAll([...puts.map(keyOf), ...deletes], () => table.writeMany(puts, deletes)),
  };
}

const keysWritten = (items: readonly TransactWriteItem[]): readonly Key[] =>
  items.filter(({ ConditionCheck }) => !ConditionCheck).map(keyOfWrite);

const conditionOf = ({ ConditionExpression = '', ExpressionAttributeValues: values }: Update): Condition => ({
  expression: ConditionExpression,
  ...(values && { values }),
});
