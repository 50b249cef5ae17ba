import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from './command-error.ts';

/** A data dir held by this process. */
export interface Lock {
  readonly release: () => Promise<void>;
}

/** The shortest limit of a socket's path on the systems we run on is 104 bytes. */
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * Takes a data dir for this process, making it when it is not there. Throws CommandError when another server holds it.
 * The lock is a listening socket, which the system takes away from a killed process: a process id could be someone
 * else's by now, and in a container it always is.
 */
export async function lockDataDir(dataDir: string): Promise<Lock> {
  mkdirSync(dataDir, { recursive: true });
  const path = socketPathOf(realpathSync(dataDir));
  const server = (await tryListen(path)) ?? (await takeOver(path));
  if (!server) {
    throw new CommandError(
      `the data dir ${dataDir} is in use by another Tracklet server. Stop that one, or give another --data-dir.`,
      1,
    );
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function socketPathOf(dataDir: string): string {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\tracklet-${hash}`;
  const inside = join(dataDir, 'lock.sock');
  return Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES ? inside : join(tmpdir(), `tracklet-${hash}.sock`);
}

/** The socket of a killed server is still a file, but nobody answers. */
async function takeOver(path: string): Promise<Server | undefined> {
  if (await isAnswered(path)) return undefined;
  rmSync(path, { force: true });
  return tryListen(path);
}

function tryListen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (hasCode(error, 'EADDRINUSE') ? resolve(undefined) : reject(error)));
    server.listen(path, () => resolve(server));
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const hasCode = (error: Error, code: string): boolean => 'code' in error && error.code === code;
