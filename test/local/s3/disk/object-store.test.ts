import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BlobFile } from '../../../../local/s3/disk/blob-file.ts';
import { ObjectStore } from '../../../../local/s3/disk/object-store.ts';
import type { BlobRef, Change, StoredObject } from '../../../../local/s3/disk/state.ts';
import { makeRootDir } from '../local-s3.ts';

let rootDir = '';
beforeEach(async () => {
  rootDir = await makeRootDir();
});
afterEach(() => rm(rootDir, { recursive: true }));

let ids = 0;
const newId = (): string => {
  ids += 1;
  return ids.toString(16).padStart(32, '0');
};
const open = () => ObjectStore.open({ rootDir, now: () => 1_700_000_000_000, newId });

const objectOf = (key: string, blob: BlobRef): StoredObject => ({
  key,
  blobs: [blob],
  sizeBytes: blob.sizeBytes,
  etag: 'e',
  modifiedMs: 0,
  headers: {},
});
const put = (key: string, blob: BlobRef): Change => ({ kind: 'put', bucket: 'b', object: objectOf(key, blob) });
const CREATE: Change = { kind: 'create-bucket', bucket: 'b', createdMs: 0 };

const write = (store: ObjectStore, text: string): Promise<BlobRef> =>
  store.blobs.write(Readable.from([Buffer.from(text)]));
const writePart = (store: ObjectStore, text: string): Promise<BlobRef> =>
  store.blobs.writeUnsynced(Readable.from([Buffer.from(text)]));
const startUpload: Change = {
  kind: 'start-upload',
  bucket: 'b',
  upload: { id: 'u', key: 'k', startedMs: 0, headers: {} },
};
const putPart = (partNumber: number, blob: BlobRef): Change => ({
  kind: 'put-part',
  bucket: 'b',
  uploadId: 'u',
  part: { partNumber, blob, etag: 'e', modifiedMs: 0 },
});
const read = async (store: ObjectStore, blobs: readonly BlobRef[], first: number, last: number): Promise<string> =>
  text(store.blobs.read(blobs, { first, last }));
const filesIn = async (name: string): Promise<number> =>
  (await readdir(join(rootDir, name), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    .length;

describe('the object store', () => {
  it('has after a restart what it had before', async () => {
    const store = await open();
    await store.commit(() => [CREATE]);
    const blob = await write(store, 'hello');
    await store.commit(() => [put('k', blob)]);
    await store.close();
    const again = await open();
    expect(again.bucket('b').objects.get('k')).toEqual(objectOf('k', blob));
    expect(await read(again, [blob], 1, 3)).toBe('ell');
    await again.close();
  });

  it('sweeps unfinished and unacknowledged files at start, and no others', async () => {
    const store = await open();
    await store.commit(() => [CREATE]);
    const kept = await write(store, 'kept');
    await store.commit(() => [put('k', kept)]);
    await write(store, 'never committed');
    await writeFile(join(rootDir, 'incoming', 'unfinished'), 'half');
    await store.close();
    const again = await open();
    expect([await filesIn('incoming'), await filesIn('blobs')]).toEqual([0, 1]);
    expect(await read(again, [kept], 0, 3)).toBe('kept');
    await again.close();
  });

  it('has after a power cut the parts whose bytes are on the disk, and no others', async () => {
    const store = await open();
    await store.commit(() => [CREATE, startUpload]);
    const [whole, short] = [await writePart(store, 'whole'), await writePart(store, 'short')];
    await store.commit(() => [putPart(1, whole), putPart(2, short)]);
    await store.close();
    await truncate(join(rootDir, 'blobs', short.id.slice(0, 2), short.id), 3);
    const again = await open();
    expect([...(again.bucket('b').uploads.get('u')?.parts.keys() ?? [])]).toEqual([1]);
    await again.commit(() => [{ kind: 'put', bucket: 'b', object: { ...objectOf('k', whole), uploadId: 'u' } }]);
    expect(await read(again, [whole], 0, 4)).toBe('whole');
    await again.close();
  });

  it('makes no object of a part that the disk does not take', async () => {
    const store = await open();
    await store.commit(() => [CREATE, startUpload]);
    const sync = vi.spyOn(BlobFile.prototype, 'sync').mockRejectedValueOnce(new Error('the disk is full'));
    const part = await writePart(store, 'part');
    await store.commit(() => [putPart(1, part)]);
    const object = { ...objectOf('k', part), uploadId: 'u' };
    await expect(store.commit(() => [{ kind: 'put', bucket: 'b', object }])).rejects.toThrow('the disk is full');
    expect(sync).toHaveBeenCalled();
    expect([store.bucket('b').objects.size, store.bucket('b').uploads.size]).toEqual([0, 1]);
    await store.close();
  });

  it('keeps files that nothing refers to when the journal was damaged', async () => {
    const store = await open();
    await store.commit(() => [CREATE]);
    for (const key of ['lost', 'kept']) {
      const blob = await write(store, key);
      await store.commit(() => [put(key, blob)]);
    }
    await store.close();
    const journal = await readFile(join(rootDir, 'journal'), 'utf8');
    await writeFile(join(rootDir, 'journal'), journal.replace('"lost"', '"LOST"'));
    for (let start = 0; start < 2; start++) {
      const again = await open();
      expect([...again.bucket('b').objects.values()].map(({ key }) => key)).toEqual(['kept']);
      expect(await filesIn('blobs')).toBe(2);
      await again.close();
    }
  });

  it('removes the bytes that were replaced, once nobody reads them', async () => {
    const store = await open();
    await store.commit(() => [CREATE]);
    const [first, second] = [await write(store, 'first'), await write(store, 'second')];
    await store.commit(() => [put('k', first)]);
    const release = store.blobs.lease([first]);
    await store.commit(() => [put('k', second)]);
    await store.blobs.settled();
    expect(await read(store, [first], 0, 4)).toBe('first');
    release();
    await store.blobs.settled();
    expect(await filesIn('blobs')).toBe(1);
    await store.close();
  });

  it('changes nothing when a commit refuses, and goes on with the others', async () => {
    const store = await open();
    await store.commit(() => [CREATE]);
    const blob = await write(store, 'x');
    const refuse = (): readonly Change[] => {
      throw new Error('no');
    };
    const outcomes = await Promise.allSettled([
      store.commit(() => [put('a', blob)]),
      store.commit(refuse),
      store.commit(() => []),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(store.bucket('b').objects.size).toBe(1);
    await store.close();
  });

  it('shortens its journal when most of it is history', async () => {
    const store = await open();
    await store.commit(() => [CREATE]);
    const blob = await write(store, 'x');
    const commits = Array.from({ length: 10_050 }, (_, i) => store.commit(() => [put(`k${i % 3}`, blob)]));
    await Promise.all(commits);
    await store.commit(() => [{ kind: 'delete', bucket: 'b', key: 'k0' }]);
    await store.close();
    const lines = (await readFile(join(rootDir, 'journal'), 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeLessThan(20);
    await rm(join(rootDir, 'blobs'), { recursive: true });
    await mkdir(join(rootDir, 'blobs'));
    const again = await open();
    expect([...again.bucket('b').objects.values()].map(({ key }) => key).sort()).toEqual(['k1', 'k2']);
    await again.close();
  });

  it('lets one at a time in, and takes over from a process that died', async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(/in use by process/);
    await store.close();
    await writeFile(join(rootDir, 'lock'), '4194304 1000\n');
    await (await open()).close();
    expect(await readdir(rootDir)).not.toContain('lock');
  });

  it('fails loudly when bytes are missing', async () => {
    const store = await open();
    const blob = await write(store, 'hello');
    await expect(read(store, [{ ...blob, sizeBytes: 9 }], 0, 8)).rejects.toThrow(/4 bytes short/);
    await rm(join(rootDir, 'blobs', blob.id.slice(0, 2), blob.id));
    await expect(read(store, [blob], 0, 4)).rejects.toThrow(/ENOENT/);
    await store.close();
  });
});
