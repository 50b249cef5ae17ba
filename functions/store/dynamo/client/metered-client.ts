import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Cost } from '../../../domain/cost.ts';
import type { DynamoClient, OperationName } from './operations.ts';

type Units = Pick<Cost, 'readUnits' | 'writeUnits'>;

/**
 * A client that asks for its consumption with each operation and tells it. Of what DynamoDB refuses it tells nothing, so
 * that a failed condition, which consumes like a write, is not counted.
 */
export function meterDynamo(client: DynamoClient, record: (units: Units) => void): DynamoClient {
  return {
    send: async (operation, input) => {
      const answer = await client.send(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' });
      // One table's, or each table's of a batch or transaction.
      const consumed = [answer.ConsumedCapacity ?? []].flat();
      for (const capacity of consumed) record(unitsOf(operation, capacity));
      return answer;
    },
  };
}

/** A transaction that was sent again after it took effect consumes reads, and says so (AWS: TransactWriteItems). */
function unitsOf(operation: OperationName, capacity: ConsumedCapacity): Units {
  const { CapacityUnits: total = 0, ReadCapacityUnits: reads = isWriting(operation) ? 0 : total } = capacity;
  return { readUnits: reads, writeUnits: total - reads };
}

const isWriting = (operation: OperationName): boolean => /Put|Update|Write/.test(operation);
