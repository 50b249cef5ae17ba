import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DynamoDbLocal } from './find-dynamodb-local.ts';

/** Starts the DynamoDB Local of an installed folder; it ends when stopped, or with this process, whose pipe it reads. */
export const startLoopbackServer = async (folder: string): Promise<DynamoDbLocal> => {
  const options = [
    `-Djava.library.path=${folder}`,
    '-Djava.awt.headless=true',
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
  ];
  const classPath = [folder, join(folder, '*')].join(':');
  const child = spawn('java', [...options, '-cp', classPath, 'LoopbackServer'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  // It may have died by itself before it is stopped.
  child.stdin.on('error', () => undefined);
  const port = await readPort(child, ended);
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  return { endpoint: `http://127.0.0.1:${port}`, stop };
};

const readPort = async (child: ChildProcess, ended: Promise<void>): Promise<string> => {
  if (!child.stdout || !child.stderr) throw new Error('The child has pipes');
  const words: string[] = [];
  child.stderr.on('data', (chunk) => words.push(String(chunk)));
  const lines = createInterface({ input: child.stdout });
  const found = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const port = /^port (\d+)$/.exec(line)?.[1];
      if (port) resolve(port);
    });
  });
  await once(child, 'spawn');
  const port = await Promise.race([found, ended]);
  if (port) return port;
  throw new Error(`DynamoDB Local did not start: ${words.join('').slice(-2_000)}`);
};
