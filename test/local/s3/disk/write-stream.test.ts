import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Writev, writeStream } from '../../../../local/s3/disk/write-stream.ts';

/** A file that takes `atMost` bytes of each call, and fails at call number `failsAt`. */
function fakeFile({ atMost = Number.POSITIVE_INFINITY, failsAt = Number.POSITIVE_INFINITY } = {}) {
  const taken: Buffer[] = [];
  let calls = 0;
  const writev: Writev = async (buffers) => {
    await Promise.resolve();
    calls += 1;
    if (calls === failsAt) throw new Error('no space left');
    const bytes = Buffer.concat(buffers).subarray(0, atMost);
    taken.push(bytes);
    return { bytesWritten: bytes.length };
  };
  return { writev, bytes: () => Buffer.concat(taken), calls: () => calls };
}

async function* chunksOf(bytes: Buffer, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

test('writes all bytes in order, many to a call', async () => {
  const bytes = randomBytes(5_000_000);
  const file = fakeFile();
  expect(await writeStream(file.writev, chunksOf(bytes, 65_536))).toBe(bytes.length);
  expect(file.bytes().equals(bytes)).toBe(true);
  expect(file.calls()).toBe(5);
});

test('goes on where a write that took only some bytes ended', async () => {
  const bytes = randomBytes(300_000);
  const file = fakeFile({ atMost: 70_001 });
  expect(await writeStream(file.writev, chunksOf(bytes, 10_000))).toBe(bytes.length);
  expect(file.bytes().equals(bytes)).toBe(true);
});

test('writes nothing of an empty stream', async () => {
  const file = fakeFile();
  expect(await writeStream(file.writev, chunksOf(Buffer.alloc(0), 1))).toBe(0);
  expect(file.calls()).toBe(0);
});

test.each([1, 2, 3])('fails when write %i fails', async (failsAt) => {
  const file = fakeFile({ failsAt });
  await expect(writeStream(file.writev, chunksOf(randomBytes(3_000_000), 65_536))).rejects.toThrow('no space left');
});

test('fails as its source does, with no write under way any more', async () => {
  const file = fakeFile();
  async function* broken() {
    yield randomBytes(2_000_000);
    throw new Error('the client left');
  }
  await expect(writeStream(file.writev, broken())).rejects.toThrow('the client left');
  expect(file.bytes()).toHaveLength(2_000_000);
});
