import { createReadStream, renameSync, statSync } from 'node:fs';
import { constants, copyFile, link, mkdir, readdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobFile } from './blob-file.ts';
import { LateSyncs } from './late-syncs.ts';
import type { BlobRef } from './state.ts';
import { writeStream } from './write-stream.ts';

const READ_BYTES = 1024 * 1024;
const BLOB_ID = /^[0-9a-f]{32}$/;

/** A span of bytes, both ends included; an empty one has `last` below `first`. */
export type ByteSpan = { readonly first: number; readonly last: number };

type Section = { readonly blob: BlobRef; readonly span: ByteSpan };

const sectionsOf = function* (blobs: readonly BlobRef[], span: ByteSpan): Generator<Section> {
  let start = 0;
  for (const blob of blobs) {
    const first = Math.max(span.first - start, 0);
    const last = Math.min(span.last - start, blob.sizeBytes - 1);
    if (first <= last) yield { blob, span: { first, last } };
    start += blob.sizeBytes;
  }
};

/**
 * Files of bytes that never change, under names of our own making (no part of a key ever becomes a path). Written under `incoming/`,
 * moved to `blobs/<first two digits>/` when whole. A blob counts only once the journal refers to it.
 */
export class BlobStore {
  readonly #rootDir: string;
  readonly #newId: () => string;
  readonly #folders = new Set<string>();
  readonly #readers = new Map<string, number>();
  readonly #doomed = new Set<string>();
  readonly #removals = new Set<Promise<void>>();
  readonly #lateSyncs = new LateSyncs();

  private constructor(rootDir: string, newId: () => string) {
    this.#rootDir = rootDir;
    this.#newId = newId;
  }

  /** Opens the folder and throws away what unfinished writes left. `newId` gives 32 hex digits that never repeat. */
  static async open(rootDir: string, newId: () => string): Promise<BlobStore> {
    await rm(join(rootDir, 'incoming'), { recursive: true, force: true });
    await mkdir(join(rootDir, 'incoming'), { recursive: true });
    await mkdir(join(rootDir, 'blobs'), { recursive: true });
    return new BlobStore(rootDir, newId);
  }

  /** Stores a stream, durable when it is done; after an error nothing of it stays. */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<BlobRef> {
    const { blob, file } = await this.#writeFile(chunks);
    try {
      // Synced after the move: one call then makes the bytes and the new name durable, on journaling file systems and on btrfs.
      await file.sync();
      return blob;
    } catch (error) {
      this.#remove(blob.id);
      throw error;
    } finally {
      await file.close();
    }
  }

  /** Stores a stream that is durable only after `sync`, which is begun; after an error nothing of it stays. */
  async writeUnsynced(chunks: AsyncIterable<Uint8Array>): Promise<BlobRef> {
    const { blob, file } = await this.#writeFile(chunks);
    this.#lateSyncs.start(blob.id, file);
    return blob;
  }

  /**
   * Whether all bytes of a blob are there. File systems put bytes on the disk before the size that counts them: what a power cut
   * took is missing at the end.
   */
  isWhole({ id, sizeBytes }: BlobRef): boolean {
    return statSync(this.#pathOf(id), { throwIfNoEntry: false })?.size === sizeBytes;
  }

  /** Takes a blob of an earlier process for one that is not durable yet. */
  doubt({ id }: BlobRef): void {
    this.#lateSyncs.doubt(id, this.#pathOf(id));
  }

  /** Waits until the blobs are durable. */
  sync(blobs: readonly BlobRef[]): Promise<void> {
    return this.#lateSyncs.wait(blobs.map(({ id }) => id));
  }

  /** A second name for the same bytes, without copying them where the file system has hard links. */
  async duplicate(blob: BlobRef): Promise<BlobRef> {
    const id = this.#newId();
    await this.#ensureFolder(id);
    const [from, to] = [this.#pathOf(blob.id), this.#pathOf(id)];
    await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
    const file = BlobFile.open(to);
    await file.sync().finally(() => file.close());
    return { id, sizeBytes: blob.sizeBytes };
  }

  /** Keeps the blobs readable, even if they are discarded meanwhile, until the returned function is called (once). */
  lease(blobs: readonly BlobRef[]): () => void {
    for (const { id } of blobs) this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    return () => {
      for (const { id } of blobs) this.#release(id);
    };
  }

  /** The bytes of a span of the blobs laid end to end; fails when a file is missing or short. */
  async *read(blobs: readonly BlobRef[], span: ByteSpan): AsyncGenerator<Buffer> {
    for (const section of sectionsOf(blobs, span)) yield* this.#readSection(section);
  }

  /** Removes blobs that nothing refers to; one that cannot be removed now is swept at the next start. */
  discard(blobs: readonly BlobRef[]): void {
    for (const { id } of blobs) {
      if (this.#readers.has(id)) this.#doomed.add(id);
      else this.#remove(id);
    }
  }

  /** Removes every blob that is not referred to: written, but never acknowledged. */
  async sweep(referred: ReadonlySet<string>): Promise<void> {
    for (const folder of await readdir(join(this.#rootDir, 'blobs'))) {
      const names = await readdir(join(this.#rootDir, 'blobs', folder));
      for (const id of names) {
        if (BLOB_ID.test(id) && !referred.has(id)) this.#remove(id);
      }
    }
    await this.settled();
  }

  /** Waits for removals and syncs under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#removals, this.#lateSyncs.settled()]);
  }

  #pathOf(id: string): string {
    return join(this.#rootDir, 'blobs', id.slice(0, 2), id);
  }

  #draftOf(id: string): string {
    return join(this.#rootDir, 'incoming', id);
  }

  async #ensureFolder(id: string): Promise<void> {
    const folder = id.slice(0, 2);
    if (this.#folders.has(folder)) return;
    await mkdir(join(this.#rootDir, 'blobs', folder), { recursive: true });
    this.#folders.add(folder);
  }

  async #writeFile(chunks: AsyncIterable<Uint8Array>): Promise<{ readonly blob: BlobRef; readonly file: BlobFile }> {
    const id = this.#newId();
    const draft = this.#draftOf(id);
    const file = BlobFile.create(draft);
    try {
      const sizeBytes = await writeStream((buffers) => file.writev(buffers), chunks);
      await this.#ensureFolder(id);
      // Done in a moment: a trip to another thread would take longer.
      renameSync(draft, this.#pathOf(id));
      return { blob: { id, sizeBytes }, file };
    } catch (error) {
      await file.close();
      await rm(draft, { force: true });
      throw error;
    }
  }

  async *#readSection({ blob, span }: Section): AsyncGenerator<Buffer> {
    const { first, last } = span;
    let left = last - first + 1;
    for await (const chunk of createReadStream(this.#pathOf(blob.id), {
      start: first,
      end: last,
      highWaterMark: READ_BYTES,
    })) {
      left -= chunk.length;
      yield chunk;
    }
    if (left > 0) throw new Error(`blob ${blob.id} is ${left} bytes short of ${blob.sizeBytes}`);
  }

  #release(id: string): void {
    const left = (this.#readers.get(id) ?? 1) - 1;
    if (left > 0) {
      this.#readers.set(id, left);
      return;
    }
    this.#readers.delete(id);
    if (this.#doomed.delete(id)) this.#remove(id);
  }

  #remove(id: string): void {
    this.#lateSyncs.forget(id);
    // An orphan that stays does no harm: the sweep of the next start takes it.
    const removal: Promise<void> = unlink(this.#pathOf(id))
      .catch(() => undefined)
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }
}
