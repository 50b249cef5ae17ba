import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { BUCKET, connect, makeRootDir, openLocalS3 } from './local-s3.ts';
import { signedHeaders } from './raw-request.ts';

const ACKNOWLEDGED_BEFORE_KILL = 120;

const startChild = async (rootDir: string): Promise<{ child: ChildProcess; endpoint: string }> => {
  const script = join(import.meta.dirname, 'durability-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, rootDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) return { child, endpoint: line };
  throw new Error('the child said nothing');
};

/** Bytes that tell which write they are of, as long as the write says. */
const bodyOf = (write: number): string => `${write} `.repeat(1 + ((write * 7919) % 20_000));

const putWrite = (s3: S3Client, Key: string, write: number) =>
  s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: bodyOf(write), Metadata: { write: String(write) } }));

/** Four writers overwrite ten keys each, until the server dies; says which write of each key was acknowledged last. */
const writeUntilDeath = async (s3: S3Client, kill: () => void): Promise<ReadonlyMap<string, number>> => {
  const acknowledged = new Map<string, number>();
  let count = 0;
  const writer = async (id: number): Promise<void> => {
    for (let write = 1; ; write++) {
      const key = `writer-${id}/${write % 10}`;
      await putWrite(s3, key, write);
      acknowledged.set(key, write);
      count += 1;
      if (count === ACKNOWLEDGED_BEFORE_KILL) kill();
    }
  };
  await Promise.allSettled([1, 2, 3, 4].map(writer));
  return acknowledged;
};

/** Half an upload, held open. */
const startHalfUpload = async (endpoint: string): Promise<void> => {
  const path = `/${BUCKET}/half`;
  const headers = {
    ...signedHeaders({ endpoint, method: 'PUT', path }),
    'content-length': '2000000',
    expect: '100-continue',
  };
  const outgoing = request(`${endpoint}${path}`, { method: 'PUT', headers });
  outgoing.on('error', () => undefined);
  await once(outgoing, 'continue');
  await new Promise((resolve) => outgoing.write(Buffer.alloc(1_000_000), resolve));
};

const startParts = async (s3: S3Client) => {
  const input = { Bucket: BUCKET, Key: 'parts' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(input));
  const { ETag, ChecksumCRC32 } = await s3.send(
    new UploadPartCommand({ ...input, UploadId, PartNumber: 1, Body: 'part one' }),
  );
  return { upload: { ...input, UploadId }, part: { PartNumber: 1, ETag, ChecksumCRC32 } };
};

it('has after a SIGKILL all that was acknowledged, whole, and nothing that was not finished', async () => {
  const rootDir = await makeRootDir();
  const { child, endpoint } = await startChild(rootDir);
  const s3 = connect(endpoint);
  const { upload, part } = await startParts(s3);
  await startHalfUpload(endpoint);
  const isDead = once(child, 'exit');
  const acknowledged = await writeUntilDeath(s3, () => child.kill('SIGKILL'));
  await isDead;
  s3.destroy();

  const again = await openLocalS3({ rootDir });
  const { Contents = [] } = await again.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  const listed = Contents.map(({ Key = '' }) => Key);
  expect(listed).toEqual(expect.arrayContaining([...acknowledged.keys()]));
  expect(listed).not.toContain('half');
  expect(listed).not.toContain('parts');
  for (const Key of listed) {
    const got = await again.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    const write = Number(got.Metadata?.write);
    // A write that was under way may count or not, but never in part.
    expect(write).toBeGreaterThanOrEqual(acknowledged.get(Key) ?? 0);
    expect(await got.Body?.transformToString()).toBe(bodyOf(write));
  }
  expect(await readdir(join(rootDir, 'incoming'))).toEqual([]);
  const blobs = await readdir(join(rootDir, 'blobs'), { recursive: true, withFileTypes: true });
  expect(blobs.filter((entry) => entry.isFile())).toHaveLength(listed.length + 1);

  expect((await again.s3.send(new ListPartsCommand(upload))).Parts).toHaveLength(1);
  await again.s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [part] } }));
  const completed = await again.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'parts' }));
  expect(await completed.Body?.transformToString()).toBe('part one');
  await again.close();
  await rm(rootDir, { recursive: true, force: true });
});
