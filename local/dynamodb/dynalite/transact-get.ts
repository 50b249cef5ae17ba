import type { Item, Store } from 'dynalite/db/index.js';
import { prepareAction } from './actions.ts';
import { attemptAll } from './attempt.ts';
import { Recorder } from './recorder.ts';
import { consumedBy, readParts } from './transaction-request.ts';

/** TransactGetItems over a store, to be run alone: the items as they were together at one moment. */
export const transactGet = async (store: Store, input: Item): Promise<Item> => {
  const parts = readParts(input, ['Get']).map(({ fields }) => ({
    run: prepareAction('getItem', { ...fields, ConsistentRead: true }, store),
    isDry: true,
    returnsOldItem: false,
  }));
  const outputs = await attemptAll(new Recorder(store), parts);
  return {
    Responses: outputs.map(({ Item }) => ({ Item })),
    ConsumedCapacity: consumedBy(outputs, 'ReadCapacityUnits'),
  };
};
