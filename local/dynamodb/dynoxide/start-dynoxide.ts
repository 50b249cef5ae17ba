import type { EngineOptions, RunningEngine } from '../engine.ts';
import { freePort } from './free-port.ts';
import { type GuardedProcess, startGuarded } from './guarded-process.ts';
import { createSocketPost } from './socket-post.ts';
import { withoutSignature } from './without-signature.ts';

const PORTS_TO_TRY = 5;
/** The silence after which a request is given up; it is then sent again. */
const TIMEOUT_MS = 5_000;
// dynoxide says this on a port that it has bound; with `--port 0` it would not say which.
const READY = 'listening on';
const PORT_TAKEN = 'already in use';

/** Starts dynoxide on a free port of 127.0.0.1 and resolves when it listens; rejects with its own words when it does not. */
export const startDynoxide = async (binary: string, { path, log }: EngineOptions): Promise<RunningEngine> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const process = await startGuarded(binary, serveArgs(port, path));
    if (await process.printed(READY)) return running(process, port);
    const error = await process.ended;
    if (attempt === PORTS_TO_TRY || !error.message.includes(PORT_TAKEN)) throw error;
    log(`Port ${port} was taken meanwhile; trying another`);
  }
};

const serveArgs = (port: number, path: string | undefined): readonly string[] => {
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port)];
  return path ? [...args, '--db-path', path] : args;
};

const running = (process: GuardedProcess, port: number): RunningEngine => {
  let stopping: Promise<void> | undefined;
  const exited = new Promise<Error>((resolve) => {
    void process.ended.then((error) => {
      if (!stopping) resolve(error);
    });
  });
  const stop = (): Promise<void> => {
    stopping ??= process.stop();
    return stopping;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const shortcuts = { post: createSocketPost(new URL(endpoint), TIMEOUT_MS), sign: withoutSignature };
  return { endpoint, shortcuts, pid: process.pid, exited, stop };
};
