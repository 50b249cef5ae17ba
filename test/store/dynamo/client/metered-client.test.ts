import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { DynamoError } from '../../../../functions/store/dynamo/client/dynamo-error.ts';
import type { HttpAnswer } from '../../../../functions/store/dynamo/client/http-post.ts';
import { meterDynamo } from '../../../../functions/store/dynamo/client/metered-client.ts';
import type { OperationName } from '../../../../functions/store/dynamo/client/operations.ts';
import { errorAnswer } from '../../faulty-client.ts';
import { connectionTo, openClient } from '../../open-test-store.ts';

/** A metered client whose requests come to the answers in turn; what it asked and recorded is noted. */
function meteredClient(...answers: readonly HttpAnswer[]) {
  const asked: unknown[] = [];
  const recorded: unknown[] = [];
  const post = async (_: unknown, body: string): Promise<HttpAnswer> => {
    asked.push(JSON.parse(body));
    return answers[asked.length - 1] ?? { status: 500, body: '' };
  };
  const client = openClient({ ...connectionTo('http://127.0.0.1:9'), post });
  return { client: meterDynamo(client, (units) => recorded.push(units)), asked, recorded };
}

const consuming = (ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[]): HttpAnswer => ({
  status: 200,
  body: JSON.stringify({ ConsumedCapacity }),
});

const INPUT = { TableName: 't', Item: {} };

describe('a metered client', () => {
  test('asks for the consumption of what it sends', async () => {
    const { client, asked } = meteredClient(consuming());
    await client.send('PutItem', INPUT);
    expect(asked).toEqual([{ ...INPUT, ReturnConsumedCapacity: 'TOTAL' }]);
  });

  test.each<[OperationName, ConsumedCapacity | readonly ConsumedCapacity[] | undefined, readonly object[]]>([
    ['GetItem', { CapacityUnits: 0.5 }, [{ readUnits: 0.5, writeUnits: 0 }]],
    ['Query', { CapacityUnits: 3 }, [{ readUnits: 3, writeUnits: 0 }]],
    ['BatchGetItem', [{ CapacityUnits: 2 }], [{ readUnits: 2, writeUnits: 0 }]],
    ['PutItem', { CapacityUnits: 1 }, [{ readUnits: 0, writeUnits: 1 }]],
    ['UpdateItem', { CapacityUnits: 2 }, [{ readUnits: 0, writeUnits: 2 }]],
    ['BatchWriteItem', [{ CapacityUnits: 25 }], [{ readUnits: 0, writeUnits: 25 }]],
    ['TransactWriteItems', [{ CapacityUnits: 4, WriteCapacityUnits: 4 }], [{ readUnits: 0, writeUnits: 4 }]],
    ['TransactWriteItems', [{ CapacityUnits: 4, ReadCapacityUnits: 4 }], [{ readUnits: 4, writeUnits: 0 }]],
    ['GetItem', undefined, []],
    ['BatchGetItem', [], []],
  ])('records of %s that consumed %j its reads and writes', async (operation, consumed, units) => {
    const { client, recorded } = meteredClient(consuming(consumed));
    await client.send(operation, INPUT);
    expect(recorded).toEqual(units);
  });

  test('records nothing of tries that failed', async () => {
    const { client, asked, recorded } = meteredClient({ status: 500, body: '' }, consuming({ CapacityUnits: 1 }));
    await client.send('PutItem', INPUT);
    expect(asked).toHaveLength(2);
    expect(recorded).toEqual([{ readUnits: 0, writeUnits: 1 }]);
  });

  test('passes a refusal on', async () => {
    const body = JSON.stringify(errorAnswer('ConditionalCheckFailedException'));
    const { client, recorded } = meteredClient({ status: 400, body });
    await expect(client.send('PutItem', INPUT)).rejects.toThrow(DynamoError);
    expect(recorded).toEqual([]);
  });
});
