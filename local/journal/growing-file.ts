import { constants, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { DataSync } from './data-sync.ts';
import { SMALL_BYTES } from './small-bytes.ts';

/**
 * A file that is written at its end. With `roomBytes` it grows by so much at a time, as zeros: a sync of what is written
 * into them waits for these bytes only. Where the size changes it waits for all that the file system has to tell of any file.
 */
export class GrowingFile {
  readonly #file: FileHandle;
  readonly #roomBytes: number;
  readonly #dataSync = new DataSync();
  #endBytes: number;
  #sizeBytes: number;

  private constructor(file: FileHandle, sizeBytes: number, roomBytes: number) {
    this.#file = file;
    this.#roomBytes = roomBytes;
    this.#endBytes = sizeBytes;
    this.#sizeBytes = sizeBytes;
  }

  /** Opens the file, made if absent; its end is where the file ends. */
  static async open(path: string, roomBytes = 0): Promise<GrowingFile> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
    return new GrowingFile(file, (await file.stat()).size, roomBytes);
  }

  /** Bytes up to the end; the room after it does not count. */
  get endBytes(): number {
    return this.#endBytes;
  }

  /** Writes all bytes at the end. After an error some of them may stand behind it: `cut` there. */
  async append(bytes: Uint8Array): Promise<void> {
    const end = this.#endBytes + bytes.length;
    await this.#write(end > this.#sizeBytes ? this.#withRoom(bytes) : bytes);
    this.#endBytes = end;
  }

  #withRoom(bytes: Uint8Array): Uint8Array {
    if (this.#roomBytes === 0) return bytes;
    const room = Buffer.alloc(bytes.length + this.#roomBytes);
    room.set(bytes);
    return room;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const start = this.#endBytes;
    if (bytes.length > SMALL_BYTES) await this.#writeElsewhere(bytes, start);
    else this.#writeHere(bytes, start);
    this.#sizeBytes = Math.max(this.#sizeBytes, start + bytes.length);
  }

  #writeHere(bytes: Uint8Array, start: number): void {
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#file.fd, bytes, written, null, start + written);
  }

  async #writeElsewhere(bytes: Uint8Array, start: number): Promise<void> {
    let written = 0;
    while (written < bytes.length)
      written += (await this.#file.write(bytes, written, null, start + written)).bytesWritten;
  }

  /** Makes what was written durable. */
  sync(): Promise<void> {
    return this.#dataSync.sync(this.#file.fd);
  }

  /** Makes what was written durable, and the name that the file has by now. */
  syncWithName(): Promise<void> {
    return this.#file.sync();
  }

  /** Lets the file end here. */
  async cut(endBytes: number): Promise<void> {
    await this.#file.truncate(endBytes);
    this.#endBytes = endBytes;
    this.#sizeBytes = endBytes;
  }

  /** Closes the file, without the room at its end. */
  async close(): Promise<void> {
    try {
      if (this.#sizeBytes > this.#endBytes) await this.#file.truncate(this.#endBytes);
    } finally {
      await this.#file.close();
    }
  }
}
