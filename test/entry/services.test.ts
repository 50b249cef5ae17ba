import { expect, test } from 'vitest';
import { createBackend } from '../../functions/entry/services.ts';
import { createMeter, type Meter } from '../../functions/platform/meter.ts';
import { answerWith, startServer } from '../store/dynamo/client/start-server.ts';

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
const ENVIRONMENT = { tableName: 'table', bucketName: 'bucket', artifactRoot: 'mlflow-artifacts:/' };

/** The bodies that the services send to DynamoDB to look for a model that is not there. */
async function bodiesSent(meter?: Meter): Promise<readonly string[]> {
  const { endpoint, received } = await startServer(answerWith(200, { ConsumedCapacity: [{ CapacityUnits: 2 }] }));
  const connection = { endpoint, region: 'us-east-1' };
  const connections = {
    dynamodb: { ...connection, credentials: () => CREDENTIALS },
    s3: { ...connection, credentials: CREDENTIALS },
    isOnlyWriter: false,
  };
  const { store } = createBackend(ENVIRONMENT, connections, { meter }).services;
  expect(await store.findLoggedModel(store.newModelId('7'))).toBeUndefined();
  return received.map(({ body }) => body);
}

test('DynamoDB is asked what it consumed when there is a meter, which hears the answer', async () => {
  const meter = createMeter();
  const units: number[] = [];
  const read = () => bodiesSent(meter);
  const bodies = await meter.measure(read, ({ readUnits }) => units.push(readUnits));
  expect(bodies).toEqual([expect.stringContaining('"ReturnConsumedCapacity":"TOTAL"')]);
  expect(units).toEqual([2]);
});

test('DynamoDB is not asked what it consumed when there is none', async () => {
  expect(await bodiesSent()).toEqual([expect.not.stringContaining('ReturnConsumedCapacity')]);
});
