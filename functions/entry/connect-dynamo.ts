import type { Meter } from '../platform/meter.ts';
import { now, random, randomHex, sleep } from '../platform/system.ts';
import { createDynamoClient, type DynamoClientProps } from '../store/dynamo/client/create-dynamo-client.ts';
import { meterDynamo } from '../store/dynamo/client/metered-client.ts';
import type { DynamoClient } from '../store/dynamo/client/operations.ts';

/** An endpoint of DynamoDB's API and what requests to it are signed with. */
export type DynamoConnection = Pick<DynamoClientProps, 'endpoint' | 'region' | 'credentials' | 'post' | 'sign'>;

/** A client of DynamoDB, metered when there is a meter. */
export function connectDynamo(connection: DynamoConnection, meter: Meter | undefined): DynamoClient {
  const client = createDynamoClient({ ...connection, clock: now, sleep, random, randomHex });
  return meter ? meterDynamo(client, meter.record) : client;
}
