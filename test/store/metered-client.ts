import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
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
export function meter(metered: DynamoClient): MeteredClient {
  let reports: { readonly operation: OperationName; readonly units: number }[] = [];
  const client: DynamoClient = {
    send: async (operation, input) => {
      const answer = await metered.send(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' });
      reports.push({ operation, units: unitsOf(answer.ConsumedCapacity) });
      return answer;
    },
  };
  const measure: Meter = async (act) => {
    reports = [];
    await act();
    const sum = (isWrite: boolean) =>
      reports.reduce((total, { operation, units }) => (isWriting(operation) === isWrite ? total + units : total), 0);
    return { reads: sum(false), writes: sum(true), operations: reports.map(({ operation }) => operation) };
  };
  return { client, measure };
}

/** Of one table's items, or of each table's of a batch. */
const unitsOf = (consumed: ConsumedCapacity | readonly ConsumedCapacity[] | undefined): number =>
  [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);

const isWriting = (operation: OperationName): boolean => /Put|Update|Write/.test(operation);
