import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EngineName } from '../../../local/dynamodb/engine.ts';

/** A server in a process of its own that keeps writing items. */
export interface WritingServer {
  /** The server's process, which leads a process group. */
  readonly pid: number;
  /** The engine's process, if it has one. */
  readonly enginePid: number | undefined;
  readonly endpoint: string;
  /** How many items were acknowledged so far. */
  acknowledged(): number;
  /** Resolves once the server has printed a line that holds `text`. */
  printed(text: string): Promise<void>;
  /** Kills the server, and only it, with SIGKILL; resolves when all that it printed is read. */
  kill(): Promise<void>;
}

/** Starts the server on a data folder; resolves when its engine answers. */
export const spawnWritingServer = async (engine: EngineName, dataDir: string): Promise<WritingServer> => {
  const script = join(import.meta.dirname, 'writing-server.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, engine, dataDir], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const closed = once(child, 'close');
  const printed = async (text: string): Promise<void> => {
    while (!lines.some((line) => line.includes(text))) await once(reader, 'line');
  };
  await printed('"started"');
  const { endpoint, pid: enginePid } = JSON.parse(lines[0] ?? '');
  return {
    pid: child.pid ?? 0,
    enginePid,
    endpoint,
    acknowledged: () => lines.filter((line) => line.includes('"acknowledged"')).length,
    printed,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
};
