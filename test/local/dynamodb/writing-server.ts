import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { connect, createTable, keyOf } from './conformance/test-table.ts';

// A server for the tests to kill: starts the engine on a folder, writes item after item, prints each that was acknowledged.
const [, , engine, dataDir] = process.argv;
if (engine !== 'dynoxide' && engine !== 'dynalite') throw new Error('Name the engine and the folder');

// As a terminal's Ctrl-C arrives: at every process of the group.
process.on('SIGINT', () => console.log(JSON.stringify({ kind: 'interrupted' })));

const { endpoint, pid } = await startDynamoDb({ engine, dataDir, log: () => undefined });
console.log(JSON.stringify({ kind: 'started', endpoint, pid }));

const client = connect(endpoint);
await createTable(client, 'durable');
for (let index = 0; ; index += 1) {
  await client.send(new PutItemCommand({ TableName: 'durable', Item: keyOf('items', String(index)) }));
  console.log(JSON.stringify({ kind: 'acknowledged', index }));
}
