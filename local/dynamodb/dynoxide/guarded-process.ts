import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const KILL_AFTER_MS = 5_000;
const KEPT_LINES = 20;

/** A program of ours in a process of its own that cannot outlive this one. */
export interface GuardedProcess {
  readonly pid: number;
  /** Resolves with how the program ended (its last lines included), whoever ended it. */
  readonly ended: Promise<Error>;
  /** Resolves true when the program has printed a line that holds `text`, false when it ended before. */
  printed(text: string): Promise<boolean>;
  /** Ends the program (SIGTERM, after 5 seconds SIGKILL) and resolves when it is gone. */
  stop(): Promise<void>;
}

// The shell leaves a watcher on a pipe whose other end only this process holds, then becomes the program ($$ stays its id). However
// this process ends, SIGKILL included, the pipe closes and the watcher kills the program. A line on the pipe dismisses the watcher.
const GUARD = '(read -r _ <&3 || kill -KILL $$) >/dev/null 2>&1 & exec "$0" "$@" 3<&-';
const GUARD_PIPE = 3;

/** Starts `program` guarded and in a session of its own: Ctrl-C in the terminal reaches us, not it, so we can stop in order. */
export const startGuarded = async (program: string, args: readonly string[]): Promise<GuardedProcess> => {
  const child = spawn('sh', ['-c', GUARD, program, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error('A spawned process has an id');
  child.once('exit', () => dismissWatcher(child));
  const lines = readLines(child);
  const ended = endOf(child, program, lines);
  return {
    pid: child.pid,
    ended,
    printed: (text) => Promise.race([lines.find(text), ended.then(() => false)]),
    stop: () => stop(child, ended),
  };
};

interface Lines {
  readonly last: readonly string[];
  find(text: string): Promise<true>;
}

const readLines = (child: ChildProcess): Lines => {
  const last: string[] = [];
  const listeners = new Set<() => void>();
  const add = (line: string): void => {
    last.push(line);
    if (last.length > KEPT_LINES) last.shift();
    for (const listener of listeners) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', add);
  }
  const find = (text: string): Promise<true> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!last.some((line) => line.includes(text))) return;
        listeners.delete(check);
        resolve(true);
      };
      listeners.add(check);
      check();
    });
  return { last, find };
};

// On 'close', not on 'exit': only then have the last words been read.
const endOf = (child: ChildProcess, program: string, lines: Lines): Promise<Error> =>
  new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve(new Error([`${program} ended (${signal ?? `exit code ${code}`})`, ...lines.last].join('\n')));
    });
  });

const dismissWatcher = (child: ChildProcess): void => {
  const pipe = child.stdio[GUARD_PIPE];
  if (!pipe || !('end' in pipe)) throw new Error('The guard has a pipe');
  // The watcher may have been killed with the program: then there is nobody to dismiss.
  pipe.on('error', () => undefined);
  pipe.end('over\n', () => pipe.destroy());
};

const stop = async (child: ChildProcess, ended: Promise<Error>): Promise<void> => {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await ended;
  clearTimeout(timer);
};
