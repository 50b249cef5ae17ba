import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import type { EngineName } from '../../../local/dynamodb/engine.ts';
import { startDynamoDb } from '../../../local/dynamodb/index.ts';
import { connect, s } from './conformance/test-table.ts';
import { describeEngine } from './describe-engine.ts';
import { describeEmbeddedEngines, dynoxideMissing, newFolder } from './embedded-engines.ts';
import { livingProcesses } from './living-processes.ts';
import { spawnWritingServer, type WritingServer } from './spawn-writing-server.ts';

const SPAWN_MS = 60_000;

const countItems = async (engine: EngineName, dataDir: string): Promise<number | undefined> => {
  const dynamoDb = await startDynamoDb({ engine, dataDir, log: () => undefined });
  const client = connect(dynamoDb.endpoint);
  const { Count } = await client.send(
    new QueryCommand({
      TableName: 'durable',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': s('items') },
      ConsistentRead: true,
      Select: 'COUNT',
    }),
  );
  client.destroy();
  await dynamoDb.stop();
  return Count;
};

const spawn = async (engine: EngineName, dataDir: string): Promise<WritingServer> => {
  const server = await spawnWritingServer(engine, dataDir);
  onTestFinished(() => server.kill());
  return server;
};

const expectNoneAlive = (group: number): Promise<void> =>
  expect.poll(() => livingProcesses(group), { timeout: 10_000 }).toEqual([]);

describeEmbeddedEngines((engine) => {
  test('keeps every acknowledged item when all processes are killed while it writes', {
    timeout: SPAWN_MS,
  }, async () => {
    const dataDir = await newFolder();
    const server = await spawn(engine, dataDir);
    await server.printed('"acknowledged","index":60');
    if (server.enginePid) process.kill(server.enginePid, 'SIGKILL');
    await server.kill();
    if (server.enginePid) await expectNoneAlive(server.enginePid);
    // One more may have been written whose acknowledgement nobody saw.
    expect(await countItems(engine, dataDir)).toBeGreaterThanOrEqual(server.acknowledged());
    expect(server.acknowledged()).toBeGreaterThan(60);
  });
});

describeEngine('the process of dynoxide', dynoxideMissing, () => {
  test('dies with its parent, even one killed by SIGKILL', { timeout: SPAWN_MS }, async () => {
    const dataDir = await newFolder();
    const server = await spawn('dynoxide', dataDir);
    const engine = server.enginePid ?? 0;
    expect(await livingProcesses(engine)).toContain(engine);
    await server.printed('"acknowledged"');
    await server.kill();
    await expectNoneAlive(engine);
    expect(await countItems('dynoxide', dataDir)).toBeGreaterThanOrEqual(server.acknowledged());
  });

  test('outlives a Ctrl-C, so that its parent can stop in order', { timeout: SPAWN_MS }, async () => {
    const server = await spawn('dynoxide', await newFolder());
    const before = server.acknowledged();
    process.kill(-server.pid, 'SIGINT');
    await server.printed('"interrupted"');
    await server.printed(`"index":${before + 20}`);
  });

  test('leaves nothing behind when stopped', async () => {
    const dynamoDb = await startDynamoDb({ engine: 'dynoxide', log: () => undefined });
    await dynamoDb.stop();
    await expectNoneAlive(dynamoDb.pid ?? 0);
  });

  test('reports its death when it dies by itself, and leaves nothing behind', async () => {
    const dynamoDb = await startDynamoDb({ engine: 'dynoxide', log: () => undefined });
    process.kill(dynamoDb.pid ?? 0, 'SIGKILL');
    expect((await dynamoDb.exited).message).toContain('SIGKILL');
    await expectNoneAlive(dynamoDb.pid ?? 0);
    await dynamoDb.stop();
  });

  test('tells in its own words why it cannot start', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'dynoxide.db'));
    const starting = startDynamoDb({ engine: 'dynoxide', dataDir: folder, log: () => undefined });
    await expect(starting).rejects.toThrow('unable to open database file');
  });
});
