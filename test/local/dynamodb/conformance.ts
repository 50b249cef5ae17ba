import { afterAll, beforeAll } from 'vitest';
import { describeBatches } from './conformance/batches.ts';
import { describeConditions } from './conformance/conditions.ts';
import { describeItems } from './conformance/items.ts';
import { describeQueries } from './conformance/queries.ts';
import { describeTables } from './conformance/tables.ts';
import { openTestTable, type TestTable } from './conformance/test-table.ts';
import { describeTransactions } from './conformance/transactions.ts';
import { describeUpdates } from './conformance/updates.ts';

/** Something that speaks DynamoDB's API, empty when started. */
export interface EngineUnderTest {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** All that Tracklet's store needs from DynamoDB, as tests over the engine that `start` starts; to be called in a `describe`. */
export const describeConformance = (start: () => Promise<EngineUnderTest>): void => {
  let engine: EngineUnderTest | undefined;
  let table: TestTable | undefined;
  const open = (): TestTable => {
    if (!table) throw new Error('The engine has not started');
    return table;
  };

  beforeAll(async () => {
    engine = await start();
    table = await openTestTable(engine.endpoint);
  });
  afterAll(async () => {
    table?.client.destroy();
    await engine?.stop();
  });

  describeTables(open);
  describeItems(open);
  describeUpdates(open);
  describeConditions(open);
  describeQueries(open);
  describeTransactions(open);
  describeBatches(open);
};
