import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { spawnTracklet } from '../support/spawn-tracklet.ts';

const MB = 1024 * 1024;
const SIZE = 256 * MB;
const PATH = '/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts/large.bin';

/** The most that a process has ever held, in bytes; Linux tells. */
const peakMemory = async (pid: number): Promise<number> => {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
};

function* bytes(size: number): Generator<Buffer> {
  const chunk = Buffer.alloc(MB, 'tracklet');
  for (let left = size; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
}

const put = async (url: string, size: number): Promise<number | undefined> => {
  const outgoing = request(new URL(PATH, url), { method: 'PUT', headers: { 'content-length': size } });
  const answered = once(outgoing, 'response');
  await pipeline(Readable.from(bytes(size)), outgoing);
  const [response] = await answered;
  response.resume();
  return response.statusCode;
};

const download = async (url: string): Promise<number> => {
  const response = await fetch(new URL(PATH, url));
  let size = 0;
  for await (const chunk of response.body ?? []) size += chunk.length;
  return size;
};

test('a file of 256 MB passes in and out without being held in memory', { timeout: 120_000 }, async ({ skip }) => {
  if (process.platform !== 'linux') skip('only Linux tells the peak of a process’s memory');
  const server = spawnTracklet(['serve', '--port', '0', '--ephemeral']);
  const url = await server.ready();
  expect(await put(url, 8 * MB)).toBe(200);
  expect(await download(url)).toBe(8 * MB);
  const before = await peakMemory(server.pid);
  expect(await put(url, SIZE)).toBe(200);
  expect(await download(url)).toBe(SIZE);
  expect((await peakMemory(server.pid)) - before).toBeLessThan(64 * MB);
});
