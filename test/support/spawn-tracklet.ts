import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { keepLog } from '../run/logs.js';

const COMMAND = join(import.meta.dirname, '../../bin/tracklet.js');
const READY = /Tracklet is ready at (http:\S+)/;

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The command `tracklet` in a process of its own. */
export interface TrackletProcess {
  readonly pid: number;
  /** Resolves when it is gone and all that it printed is read. */
  readonly ended: Promise<Ending>;
  /** Resolves with its address once it says that it is ready; rejects when it ends before. */
  ready(): Promise<string>;
  /** Sends a signal and resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<Ending>;
  stdout(): string;
  stderr(): string;
}

interface SpawnOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `tracklet` with these arguments; whatever the test does, it is gone when the test has finished. */
export const spawnTracklet = (args: readonly string[], options: SpawnOptions = {}): TrackletProcess => {
  const tracklet = startTracklet(args, options);
  onTestFinished(async () => {
    await tracklet.end('SIGKILL');
  });
  return tracklet;
};

/** Runs `tracklet` with these arguments, for several tests; whoever starts it ends it. */
export const startTracklet = (args: readonly string[], { cwd, env }: SpawnOptions = {}): TrackletProcess => {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Other commands print what they are asked for, a token for one; what a server prints is its log.
  const keep = (text: string) => (args[0] === 'serve' ? keepLog('serve', text) : undefined);
  const stdout = collect(child.stdout, keep);
  const stderr = collect(child.stderr, keep);
  const ended = endingOf(child);
  const end = async (signal: NodeJS.Signals): Promise<Ending> => {
    child.kill(signal);
    return ended;
  };
  return { pid: child.pid ?? 0, ended, end, stdout, stderr, ready: () => readyOf(child, ended, { stdout, stderr }) };
};

const collect = (stream: NodeJS.ReadableStream, keep: (text: string) => void): (() => string) => {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
    keep(chunk);
  });
  return () => text;
};

const endingOf = (child: ChildProcess): Promise<Ending> =>
  new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });

type Printed = Pick<TrackletProcess, 'stdout' | 'stderr'>;

const readyOf = async (child: ChildProcess, ended: Promise<Ending>, printed: Printed): Promise<string> => {
  for (;;) {
    const url = READY.exec(printed.stdout())?.[1];
    if (url) return url;
    const ending = await Promise.race([ended, child.stdout ? once(child.stdout, 'data') : ended]);
    if ('code' in ending) throw new Error(`tracklet ended with ${ending.code ?? ending.signal}:\n${printed.stderr()}`);
  }
};
