import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlobFile } from '../../../../local/s3/disk/blob-file.ts';
import { writeStream } from '../../../../local/s3/disk/write-stream.ts';
import { makeRootDir } from '../local-s3.ts';

let folder = '';
beforeEach(async () => {
  folder = await makeRootDir();
});
afterEach(() => rm(folder, { recursive: true }));

async function* chunksOf(bytes: Buffer) {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

test.each([0, 1, 65_536, 65_537, 5_000_000, 30_000_001])('holds %i bytes as they came', async (size) => {
  const bytes = randomBytes(size);
  const path = join(folder, 'file');
  const file = BlobFile.create(path);
  expect(await writeStream((buffers) => file.writev(buffers), chunksOf(bytes))).toBe(size);
  await file.sync();
  await file.close();
  expect((await readFile(path)).equals(bytes)).toBe(true);
});

test.skipIf(!existsSync('/dev/full'))('is closed though the disk takes nothing', async () => {
  const file = BlobFile.open('/dev/full');
  await expect(file.writev([Buffer.alloc(100_000)])).rejects.toThrow('ENOSPC');
  await file.close();
  await expect(file.sync()).rejects.toThrow('EBADF');
});

test('makes no file where there is one', () => {
  const path = join(folder, 'file');
  BlobFile.create(path);
  expect(() => BlobFile.create(path)).toThrow('EEXIST');
});
