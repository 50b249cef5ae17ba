import { addCost, NO_COST } from '../../functions/domain/cost.ts';
import { meterDynamo } from '../../functions/store/dynamo/client/metered-client.ts';
import type { DynamoClient, OperationName } from '../../functions/store/dynamo/client/operations.ts';

/** Units that the calls of a client consumed, as the engine tells them. */
export interface Consumed {
  readonly reads: number;
  readonly writes: number;
  /** The operations in their order. */
  readonly operations: readonly OperationName[];
}

/** Counts what `act` consumes through the client; nothing else may use it meanwhile. */
export type Meter = (act: () => Promise<unknown>) => Promise<Consumed>;

/** A client that asks for its consumption with each call. */
export interface MeteredClient {
  readonly client: DynamoClient;
  readonly measure: Meter;
}

/** Puts a meter before a client; what goes past it to the same client is not counted. */
export function meter(unmetered: DynamoClient): MeteredClient {
  let cost = NO_COST;
  let operations: OperationName[] = [];
  const metered = meterDynamo(unmetered, (units) => {
    cost = addCost(cost, units);
  });
  const client: DynamoClient = {
    send: async (operation, input) => {
      const answer = await metered.send(operation, input);
      operations.push(operation);
      return answer;
    },
  };
  const measure: Meter = async (act) => {
    cost = NO_COST;
    operations = [];
    await act();
    return { reads: cost.readUnits, writes: cost.writeUnits, operations };
  };
  return { client, measure };
}
