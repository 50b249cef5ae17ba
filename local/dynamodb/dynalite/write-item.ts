import type { Item, Store } from 'dynalite/db/index.js';
import { prepareAction } from './actions.ts';
import { Recorder } from './recorder.ts';
import { isRefusalOf, Refusal } from './refusal.ts';

/**
 * One of dynalite's writing actions over a store, to be run alone: an item and its index entries are written in one batch, and
 * ReturnValuesOnConditionCheckFailure is honoured, which dynalite ignores.
 */
export const writeItem = async (action: string, store: Store, input: Item): Promise<Item> => {
  const returnsOldItem = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  const run = prepareAction(action, input, store);
  const recorder = new Recorder(store);
  try {
    const output = await run(recorder.store());
    await recorder.commit();
    return output;
  } catch (error) {
    throw returnsOldItem ? withOldItem(error, recorder.lastItem) : error;
  }
};

const withOldItem = (error: unknown, oldItem: Item | undefined): unknown => {
  const type = 'ConditionalCheckFailedException';
  if (!oldItem || !isRefusalOf(type, error)) return error;
  return new Refusal(type, 'The conditional request failed', { Item: oldItem });
};
