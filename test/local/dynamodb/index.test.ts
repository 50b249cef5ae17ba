import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { create } from 'dynalite/db/index.js';
import { expect, onTestFinished, test } from 'vitest';
import { type DynamoDb, type DynamoDbOptions, startDynamoDb } from '../../../local/dynamodb/index.ts';
import { connect, keyOf, n, openTestTable, upTo } from './conformance/test-table.ts';
import { describeEmbeddedEngines, newFolder } from './embedded-engines.ts';

const start = async (options: Partial<DynamoDbOptions>): Promise<DynamoDb> => {
  const dynamoDb = await startDynamoDb({ log: () => undefined, ...options });
  onTestFinished(() => dynamoDb.stop());
  return dynamoDb;
};

const NO_DELAY = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };

const answers = async (endpoint: string): Promise<boolean> => {
  const client = connect(endpoint);
  try {
    await client.send(new ListTablesCommand({}));
    return true;
  } catch (error) {
    if (String(error).includes('ECONNREFUSED')) return false;
    throw error;
  } finally {
    client.destroy();
  }
};

describeEmbeddedEngines((engine) => {
  test('answers at its endpoint and says in one line why it was chosen', async () => {
    const lines: string[] = [];
    const dynamoDb = await start({ engine, log: (line) => lines.push(line) });
    expect(dynamoDb.engine).toBe(engine);
    expect(await answers(dynamoDb.endpoint)).toBe(true);
    expect(lines).toEqual([`DynamoDB is ${engine}, because it was asked for`]);
  });

  test('keeps its data from one start to the next, in a folder that it makes', async () => {
    const dataDir = join(await newFolder(), 'not', 'there', 'yet');
    const first = await start({ engine, dataDir });
    const table = await openTestTable(first.endpoint);
    await table.put({ ...keyOf('a', 'b'), v: n(1) });
    await first.stop();
    // Not told which engine: the folder decides.
    const second = await start({ dataDir });
    expect(second.engine).toBe(engine);
    const get = new GetItemCommand({ TableName: table.name, Key: keyOf('a', 'b') });
    expect((await connect(second.endpoint).send(get)).Item).toEqual({ ...keyOf('a', 'b'), v: n(1) });
  });

  test('is empty at each start without a folder', async () => {
    const first = await start({ engine });
    await openTestTable(first.endpoint);
    await first.stop();
    const second = await start({ engine });
    const { TableNames } = await connect(second.endpoint).send(new ListTablesCommand({}));
    expect(TableNames).toEqual([]);
  });

  test('stops once, however often it is told, and frees its port', async () => {
    const dynamoDb = await start({ engine });
    const table = await openTestTable(dynamoDb.endpoint);
    await Promise.all(upTo(10).map((index) => table.put(keyOf('a', String(index)))));
    // The client keeps its connections open meanwhile.
    await Promise.all([dynamoDb.stop(), dynamoDb.stop()]);
    await dynamoDb.stop();
    expect(await answers(dynamoDb.endpoint)).toBe(false);
  });

  test('has kept whatever it acknowledged while it was stopped', async () => {
    const dataDir = await newFolder();
    const first = await start({ engine, dataDir });
    const table = await openTestTable(first.endpoint);
    await table.put(keyOf('a', 'first'));
    const writes = upTo(40).map((index) => table.put(keyOf('a', `k${index}`)));
    const [results] = await Promise.all([Promise.allSettled(writes), first.stop()]);
    const second = await start({ engine, dataDir });
    const client = connect(second.endpoint);
    const read = (sk: string) => client.send(new GetItemCommand({ TableName: table.name, Key: keyOf('a', sk) }));
    expect((await read('first')).Item).toBeDefined();
    for (const [index, { status }] of results.entries()) {
      if (status === 'fulfilled') expect((await read(`k${index}`)).Item).toBeDefined();
    }
  });

  test('does not report its death when it was stopped', async () => {
    const dynamoDb = await start({ engine });
    await dynamoDb.stop();
    expect(await Promise.race([dynamoDb.exited, Promise.resolve('still open')])).toBe('still open');
  });

  test('cannot be reached from another machine', async ({ skip }) => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outside) return skip('this machine has no network');
    const { endpoint } = await start({ engine });
    const socket = connectTcp({ host: outside.address, port: Number(new URL(endpoint).port) });
    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('serves on when a client breaks off a request', async () => {
    const { endpoint } = await start({ engine });
    const socket = connectTcp({ host: '127.0.0.1', port: Number(new URL(endpoint).port) });
    await once(socket, 'connect');
    const head = ['POST / HTTP/1.1', 'Host: localhost', 'Content-Length: 100', '', '{"Tab'].join('\r\n');
    await new Promise((resolve) => socket.write(head, resolve));
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect(await answers(endpoint)).toBe(true);
  });
});

test('dynalite finishes table changes that a sudden death left half done', async () => {
  const dataDir = await newFolder();
  const store = create({ path: join(dataDir, 'dynalite'), ...NO_DELAY });
  await store.db.put('table~half-made', { TableName: 'half-made', TableStatus: 'CREATING' });
  await store.db.put('table~half-gone', { TableName: 'half-gone', TableStatus: 'DELETING' });
  await store.db.close();
  const { endpoint } = await start({ dataDir });
  const client = connect(endpoint);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'half-made' }));
  expect(Table?.TableStatus).toBe('ACTIVE');
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['half-made']);
});

test('a second dynalite on the same folder is refused', async () => {
  const dataDir = await newFolder();
  await start({ engine: 'dynalite', dataDir });
  await expect(start({ engine: 'dynalite', dataDir })).rejects.toThrow();
});
