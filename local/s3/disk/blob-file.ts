import { closeSync, fdatasync, fsync, openSync, writev, writevSync } from 'node:fs';
import { promisify } from 'node:util';
import { SMALL_BYTES } from '../../journal/small-bytes.ts';

/** The disk takes so much while as much comes in; a longer wait at the end is for large files. */
const AHEAD_BYTES = 4 * 1024 * 1024;

const dataToDisk = promisify(fdatasync);
const fileToDisk = promisify(fsync);
const writeAhead = promisify(writev);

/**
 * A file that is written once, from its beginning to its end. What takes no longer than a trip to another thread is done on this
 * one: opening, closing, and writing a small file.
 */
export class BlobFile {
  readonly #fd: number;
  #isSmall = true;
  #bytesAhead = 0;
  #syncing: Promise<void> | undefined;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /** Makes the file, which must not exist. */
  static create(path: string): BlobFile {
    return new BlobFile(openSync(path, 'wx'));
  }

  /** Opens a whole file, to sync it. */
  static open(path: string): BlobFile {
    return new BlobFile(openSync(path, 'r+'));
  }

  /** Writes buffers where the last ones ended; it may take only some of the bytes. */
  async writev(buffers: readonly Uint8Array[]): Promise<{ readonly bytesWritten: number }> {
    // The end of a large file is not small: who writes much is held back by the kernel, and so would be this thread.
    this.#isSmall &&= buffers.reduce((sum, { length }) => sum + length, 0) <= SMALL_BYTES;
    if (this.#isSmall) return { bytesWritten: writevSync(this.#fd, buffers) };
    const { bytesWritten } = await writeAhead(this.#fd, buffers);
    this.#syncAhead(bytesWritten);
    return { bytesWritten };
  }

  /** Makes all bytes, and the name the file has by now, durable. */
  async sync(): Promise<void> {
    // The kernel tells of a failure once: this one may have been told already.
    await this.#syncing;
    await fileToDisk(this.#fd);
  }

  /** Nothing may be under way but syncs, which it waits for. */
  async close(): Promise<void> {
    await this.#syncing?.catch(() => undefined);
    closeSync(this.#fd);
  }

  #syncAhead(bytesWritten: number): void {
    this.#bytesAhead += bytesWritten;
    if (this.#bytesAhead < AHEAD_BYTES || this.#syncing !== undefined) return;
    this.#bytesAhead = 0;
    const syncing = dataToDisk(this.#fd).then(() => {
      this.#syncing = undefined;
    });
    // Thrown by `sync`.
    syncing.catch(() => undefined);
    this.#syncing = syncing;
  }
}
