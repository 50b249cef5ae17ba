import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import type { DynamoClient } from '../../../../functions/store/dynamo/client/operations.ts';
import { connectionTo, openClient, openSdkClient } from '../../open-test-store.ts';
import { answerWith, type Received, startServer } from './start-server.ts';

const B = Uint8Array.from([0, 1, 254, 255]);
const Item = { pk: { S: 'ü' }, n: { N: '-0.5' }, b: { B }, none: { B: new Uint8Array() }, t: { BOOL: true } };
const Key = { pk: { S: 'ü' } };
const TableName = 't';
const condition = {
  ConditionExpression: '#v = :v',
  ExpressionAttributeNames: { '#v': 'v' },
  ExpressionAttributeValues: { ':v': { B }, ':l': { L: [{ S: 'a' }, { M: { m: { B } } }] } },
};
const put = { TableName, Item, ...condition };
const batchGet = { RequestItems: { t: { Keys: [Key], ConsistentRead: true } } };
const batchWrite = { RequestItems: { t: [{ PutRequest: { Item } }, { DeleteRequest: { Key } }] } };
const update = { TableName, Key, UpdateExpression: 'SET b = :v', ...condition };
const query = {
  TableName,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { S: 'ü' } },
  ExclusiveStartKey: undefined,
};
const transaction = { TransactItems: [{ Put: put }, { Delete: { TableName, Key } }, { Update: update }] };

const onWire = { pk: { S: 'ü' }, n: { N: '-0.5' }, b: { B: 'AAH+/w==' }, none: { B: '' } };

type CallOurs = (client: DynamoClient) => Promise<object>;
type CallSdk = (client: DynamoDBClient) => Promise<{ readonly $metadata: object }>;

/** Each operation through both clients, and what the server answers. */
const CALLS: readonly (readonly [string, CallOurs, CallSdk, object])[] = [
  [
    'GetItem',
    (ours) => ours.send('GetItem', { TableName, Key, ConsistentRead: true }),
    (sdk) => sdk.send(new GetItemCommand({ TableName, Key, ConsistentRead: true })),
    { Item: onWire },
  ],
  ['PutItem', (ours) => ours.send('PutItem', put), (sdk) => sdk.send(new PutItemCommand(put)), {}],
  [
    'UpdateItem',
    (ours) => ours.send('UpdateItem', update),
    (sdk) => sdk.send(new UpdateItemCommand(update)),
    { Attributes: onWire },
  ],
  [
    'Query',
    (ours) => ours.send('Query', query),
    (sdk) => sdk.send(new QueryCommand(query)),
    { Items: [onWire, onWire], Count: 2, ScannedCount: 2, LastEvaluatedKey: Key },
  ],
  [
    'BatchGetItem',
    (ours) => ours.send('BatchGetItem', batchGet),
    (sdk) => sdk.send(new BatchGetItemCommand(batchGet)),
    { Responses: { t: [onWire] }, UnprocessedKeys: batchGet.RequestItems },
  ],
  [
    'BatchWriteItem',
    (ours) => ours.send('BatchWriteItem', batchWrite),
    (sdk) => sdk.send(new BatchWriteItemCommand(batchWrite)),
    { UnprocessedItems: {} },
  ],
  [
    'TransactWriteItems',
    (ours) => ours.send('TransactWriteItems', transaction),
    (sdk) => sdk.send(new TransactWriteItemsCommand(transaction)),
    {},
  ],
];

/** What DynamoDB reads of a request; tokens differ by their nature. */
function meaningOf(request: Received | undefined) {
  const { ClientRequestToken, ...input } = JSON.parse(request?.body ?? '{}');
  const { host, 'content-type': type, 'x-amz-target': target } = request?.headers ?? {};
  return { path: request?.url, host, type, target, input, hasToken: typeof ClientRequestToken === 'string' };
}

describe('our client beside the SDK', () => {
  test.each(CALLS)('asks the same and understands the same: %s', async (_, callOurs, callSdk, answer) => {
    const { endpoint, received } = await startServer(answerWith(200, answer));
    const connection = connectionTo(endpoint);
    const sdk = openSdkClient(connection);
    const ours = await callOurs(openClient(connection));
    const { $metadata: _metadata, ...theirs } = await callSdk(sdk);
    sdk.destroy();
    expect(meaningOf(received[0])).toEqual(meaningOf(received[1]));
    // A clone of a Buffer is a plain Uint8Array, which is what the SDK gives.
    expect(structuredClone(ours)).toEqual(theirs);
  });
});
