import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { lostRace } from '../failures.ts';
import { appliedKey } from '../keys.ts';
import type { Retry } from '../retry.ts';
import { type Item, keyItem, keyOf, type Table } from '../table.ts';
import type { LateItem, LateItems } from './late-items.ts';

/** DynamoDB takes 100 writes in a transaction, of which one tells how far the journal is in the table; and 4 MB. */
const MAX_ITEMS = 99;
const MAX_BYTES = 2_000_000;

/** An item holds 400 KB. */
const MAX_COMBINED_BYTES = 200_000;

/** Which late items may become one before the table gets them. */
export interface Combine {
  /** Items of one group may; those of none stay as they are. */
  readonly groupOf: (item: Item) => string | undefined;
  readonly merge: (items: readonly Item[]) => Item;
}

export interface ApplyProps {
  readonly table: Table;
  readonly retry: Retry;
  readonly combine: Combine;
}

interface Group {
  readonly items: Item[];
  bytes: number;
}

/** What goes into the table as one, and up to which entry everything is there then. */
interface LateBatch {
  readonly items: readonly LateItem[];
  readonly groups: readonly Group[];
  readonly through: number;
}

/** The first items, as many as a transaction takes. `journaled` is the last entry of all. */
function firstBatch(late: LateItems, { groupOf }: Combine, journaled: number): LateBatch {
  const items: LateItem[] = [];
  const open = new Map<string, Group>();
  const groups: Group[] = [];
  let bytes = 0;
  for (const each of late.list()) {
    const name = groupOf(each.item) ?? each.name;
    const found = open.get(name);
    const joined = found && found.bytes + each.bytes <= MAX_COMBINED_BYTES ? found : undefined;
    const isFull = bytes + each.bytes > MAX_BYTES || (!joined && groups.length === MAX_ITEMS);
    if (isFull && items.length > 0) return { items, groups, through: each.number - 1 };
    const group = joined ?? { items: [], bytes: 0 };
    if (!joined) {
      open.set(name, group);
      groups.push(group);
    }
    group.items.push(each.item);
    group.bytes += each.bytes;
    items.push(each);
    bytes += each.bytes;
  }
  return { items, groups, through: journaled };
}

/** What the table is to get. Tried again, a group begins with the same item: it must go to the same place. */
const itemOf = ({ items }: Group, { merge }: Combine): Item => {
  const [first = {}, ...others] = items;
  return others.length === 0 ? first : { ...merge(items), ...keyItem(keyOf(first)) };
};

/**
 * Writes the first late items to the table, and in the same transaction up to which entry of the journal it has
 * everything: so no entry is ever applied over what was written after it.
 */
export async function applyFirst(
  { table, retry, combine }: ApplyProps,
  late: LateItems,
  journaled: number,
): Promise<void> {
  const { items, groups, through } = firstBatch(late, combine, journaled);
  if (items.length === 0) return;
  const put = (item: Item): TransactWriteItem => ({ Put: { TableName: table.name, Item: { ...item } } });
  const applied = { ...keyItem(appliedKey), n: { N: String(through) } };
  const writes = [...groups.map((group) => put(itemOf(group, combine))), put(applied)];
  await retry(async () => {
    try {
      await table.writeTogether(writes);
      return { done: undefined };
    } catch (error) {
      lostRace(error);
      return 'again';
    }
  });
  late.drop(items);
}
