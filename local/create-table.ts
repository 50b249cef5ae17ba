import { setTimeout } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { TABLE_DEFINITION } from '../functions/store/dynamo/table-definition.ts';

const LONGEST_WAIT_MS = 30_000;
const PAUSE_MS = 20;

/** Makes the table as the infrastructure declares it, unless it is there. */
export async function createTable(client: DynamoDBClient, tableName: string): Promise<void> {
  if (await hasTable(client, tableName)) return;
  const { partitionKey, sortKey } = TABLE_DEFINITION;
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: partitionKey, AttributeType: 'S' },
        { AttributeName: sortKey, AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
    }),
  );
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (!(await hasTable(client, tableName))) {
    if (Date.now() > deadline) throw new Error(`the table ${tableName} is not ready after ${LONGEST_WAIT_MS} ms`);
    await setTimeout(PAUSE_MS);
  }
}

/** Whether the table is there and takes requests. */
async function hasTable(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    return Table?.TableStatus === 'ACTIVE';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
