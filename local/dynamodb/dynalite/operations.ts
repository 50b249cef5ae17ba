import type { Item, Store } from 'dynalite/db/index.js';
import { prepareAction } from './actions.ts';
import { createQueue } from './queue.ts';
import { deleteTable, describeTimeToLive, updateTimeToLive } from './time-to-live.ts';
import { transactGet } from './transact-get.ts';
import { createTransactWrite } from './transact-write.ts';
import { writeItem } from './write-item.ts';

/** One operation of the DynamoDB API, from the request's JSON to the response's; throws a refusal to answer no. */
export type Operation = (input: Item) => Promise<Item>;

/**
 * The operations by their name in the API. Whatever writes runs alone, in one queue, and reaches LevelDB in one batch: that makes a
 * transaction atomic and isolated. Reads run beside, for LevelDB shows them a batch as a whole and a query one moment's state.
 */
export const createOperations = (store: Store): ReadonlyMap<string, Operation> => {
  const alone = createQueue();
  const transactWrite = createTransactWrite(store);
  const pass = (action: string): Operation => {
    return async (input) => prepareAction(action, input, store)(store);
  };
  const passAlone = (action: string): Operation => {
    return (input) => alone(async () => prepareAction(action, input, store)(store));
  };
  const write = (action: string): Operation => {
    return (input) => alone(() => writeItem(action, store, input));
  };
  return new Map<string, Operation>([
    ['GetItem', pass('getItem')],
    ['BatchGetItem', pass('batchGetItem')],
    ['Query', pass('query')],
    ['Scan', pass('scan')],
    ['PutItem', write('putItem')],
    ['UpdateItem', write('updateItem')],
    ['DeleteItem', write('deleteItem')],
    ['BatchWriteItem', write('batchWriteItem')],
    ['TransactWriteItems', (input) => alone(() => transactWrite(input))],
    ['TransactGetItems', (input) => alone(() => transactGet(store, input))],
    ['CreateTable', passAlone('createTable')],
    ['UpdateTable', passAlone('updateTable')],
    ['DeleteTable', (input) => alone(() => deleteTable(store, input))],
    ['DescribeTable', pass('describeTable')],
    ['ListTables', pass('listTables')],
    ['UpdateTimeToLive', (input) => updateTimeToLive(store, input)],
    ['DescribeTimeToLive', (input) => describeTimeToLive(store, input)],
  ]);
};
