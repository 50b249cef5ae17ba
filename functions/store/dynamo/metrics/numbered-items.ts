import { failedCondition } from '../failures.ts';
import type { Key } from '../keys.ts';
import { type Condition, type Item, keyItem, type Table } from '../table.ts';

/**
 * Items that never change, numbered, and an index that says which of them count. What a revision adds is put first,
 * then the index is put if it is unchanged, then what it dropped is deleted:
 *
 *   packer A   puts 5 ─── puts index v2 (6 is next) ─── deletes 3, 4
 *   packer B     meets 5, puts 6 ─── finds v2: lost; 6 is what the next revision will meet
 *
 * A number is given once. An item that a dead or beaten packer left stands at or beyond the next number, so a later
 * revision meets it; once that one is through, nobody else can make it count, and it is deleted. Only who has read an old
 * index may put an item under a number that was deleted since; it does not count, and goes when the run does.
 *
 * | attribute of the index | |
 * | v | version, +1 with each revision |
 * | n | the next number |
 * | g | numbers whose items are deleted, perhaps not yet |
 * | w | id of the last write, by which a packer knows its own after a lost answer; items carry one, too |
 */
export interface Family {
  readonly indexKey: Key;
  readonly itemKey: (seq: number) => Key;
}

/** How one revision changes a family. */
export interface Revision {
  /** The contents of new items. */
  readonly added: readonly Uint8Array[];
  /** The numbers of items that no longer count. */
  readonly dropped: readonly number[];
  /** The index's own attributes, given the numbers of the new items. */
  readonly indexItem: (added: readonly number[]) => Item;
}

/** Makes a revision of the `index` that was read; false when another one was faster and nothing changed. */
export async function revise(
  table: Table,
  { indexKey, itemKey }: Family,
  index: Item | undefined,
  { added, dropped, indexItem }: Revision,
  writeId: string,
): Promise<boolean> {
  const version = Number(index?.v?.N ?? 0);
  await table.writeMany([], garbageOf(index).map(itemKey));
  const w = { S: writeId };
  const numbers: number[] = [];
  const garbage = [...dropped];
  let next = Number(index?.n?.N ?? 0);
  for (const bytes of added) {
    // One after the other: leftovers must have no gap behind which a later revision would not see them.
    while (!(await putOnce(table, { ...keyItem(itemKey(next)), b: { B: bytes }, w }, ABSENT))) garbage.push(next++);
    numbers.push(next++);
  }
  const counters = { v: { N: String(version + 1) }, n: { N: String(next) }, g: { S: JSON.stringify(garbage) }, w };
  const item = { ...keyItem(indexKey), ...indexItem(numbers), ...counters };
  const isFirst = await putOnce(table, item, index ? isVersion(version) : ABSENT);
  if (isFirst) await table.writeMany([], garbage.map(itemKey));
  return isFirst;
}

const ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };
const isVersion = (version: number): Condition => ({
  expression: 'v = :v',
  values: { ':v': { N: String(version) } },
});

function garbageOf(index: Item | undefined): readonly number[] {
  // Written by `revise` alone.
  return JSON.parse(index?.g?.S ?? '[]') as readonly number[];
}

/** Whether the item is there now and is ours. */
async function putOnce(table: Table, item: Item, condition: Condition): Promise<boolean> {
  try {
    await table.put(item, condition);
    return true;
  } catch (error) {
    return failedCondition(error).item?.w?.S === item.w?.S;
  }
}
