import type { Store } from 'dynalite/db/index.js';
import type { EngineOptions, RunningEngine } from '../engine.ts';
import { startHttpFront } from './http-front.ts';
import { createOperations } from './operations.ts';
import { create } from './parts.ts';

const TABLE_CHANGE_MS = 1;

/**
 * Starts DynamoDB in this process, over dynalite's store and actions; rejects when another process has the folder open. dynalite's
 * own HTTP server is left out: it has no transactions and dies with a client that breaks off a request.
 */
export const startDynalite = async ({ path, log }: EngineOptions): Promise<RunningEngine> => {
  const ms = { createTableMs: TABLE_CHANGE_MS, deleteTableMs: TABLE_CHANGE_MS, updateTableMs: TABLE_CHANGE_MS };
  const store = create({ path, ...ms });
  await store.db.open();
  await finishTableChanges(store);
  const front = await startHttpFront({ operations: createOperations(store), log });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= front.close().then(() => store.db.close());
    return stopping;
  };
  return { endpoint: front.endpoint, pid: undefined, exited: new Promise(() => undefined), stop };
};

// dynalite makes a table ACTIVE, or gone, by a timer. A process that died before it left the table in between for ever.
const finishTableChanges = async (store: Store): Promise<void> => {
  for await (const [key, table] of store.db.iterator({ gte: 'table~', lt: 'table~\uffff' })) {
    if (table.TableStatus === 'DELETING') await store.db.del(key);
    else if (table.TableStatus !== 'ACTIVE') await store.db.put(key, { ...table, TableStatus: 'ACTIVE' });
  }
};
