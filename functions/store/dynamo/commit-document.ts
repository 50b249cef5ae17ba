import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type DocumentItems, writeIdsOf } from './document-item.ts';
import { cancellationCodes, failedCondition } from './failures.ts';
import type { Marks } from './marks.ts';
import { type Condition, conditionInput, type Item, keyOf, type Table } from './table.ts';

/** How a write ended: `lost` when another one stood in the way, `taken` when a companion was refused. */
export type Outcome = 'done' | 'lost' | 'taken';

/** Writes the items of a document under a condition, and what its companions say in the same transaction. */
export type Commit = (
  items: DocumentItems,
  condition: Condition,
  companions: readonly TransactWriteItem[],
) => Promise<Outcome>;

/** Why a transaction may be cancelled that another try may bring through. */
const RACES = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Whether another try may bring a cancelled transaction through; anything else would be refused again and again. */
export const isRace = (codes: readonly string[]): boolean => codes.every((code) => RACES.has(code));

export function createCommit(table: Table, marks: Marks): Commit {
  const tryCommit: Commit = async (items, condition, companions) => {
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
    if (!isRace(codes)) throw error;
    const current = await table.get(keyOf(main));
    if (current && holdsWrite(current, main)) return 'done';
    const isTaken = own === 'None' && others.includes('ConditionalCheckFailed');
    return isTaken ? 'taken' : 'lost';
  };

  return async (items, condition, companions) => {
    try {
      const outcome = await tryCommit(items, condition, companions);
      if (outcome === 'done') marks.learn(items.main);
      return outcome;
    } catch (error) {
      marks.forget(keyOf(items.main));
      throw error;
    }
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
