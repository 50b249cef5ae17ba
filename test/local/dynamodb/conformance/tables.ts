import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { createTable, keyOf, type TestTable } from './test-table.ts';

/** Tables and their settings. */
export const describeTables = (open: () => TestTable): void => {
  describe('tables', () => {
    test('are active, paid per request, with the keys they were made with', async () => {
      const { client, name: TableName } = open();
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({
        TableStatus: 'ACTIVE',
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      });
      expect((await client.send(new ListTablesCommand({}))).TableNames).toContain(TableName);
    });

    test('are made once', async () => {
      const { client, name } = open();
      await expect(createTable(client, name)).rejects.toMatchObject({ name: 'ResourceInUseException' });
    });

    test('that are not there are named as such', async () => {
      const get = new GetItemCommand({ TableName: 'nobody-made-this', Key: keyOf('a', 'b') });
      await expect(open().client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });

    test('take a time-to-live attribute', async () => {
      const { client, name: TableName } = open();
      const TimeToLiveSpecification = { AttributeName: 'ttl', Enabled: true };
      await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
      const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
      expect(TimeToLiveDescription).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
    });

    test('are gone with their items once deleted', async () => {
      const { client } = open();
      await createTable(client, 'short-lived');
      await client.send(new DeleteTableCommand({ TableName: 'short-lived' }));
      await expect
        .poll(async () => (await client.send(new ListTablesCommand({}))).TableNames)
        .not.toContain('short-lived');
    });
  });
};
