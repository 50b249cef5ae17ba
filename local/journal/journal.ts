import { createReadStream, fdatasync, writeSync } from 'node:fs';
import { copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { SMALL_BYTES, writeFully } from './write-fully.ts';

/** What a file holds: its first line. */
interface Format {
  readonly format: string;
  readonly version: number;
}

const REWRITE_BYTES = 1024 * 1024;
const LF = 0x0a;

/** A fifth less time than the file handle's own. */
const datasync = promisify(fdatasync);

const encodeLine = (value: unknown): string => {
  const json = JSON.stringify(value);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
};

const decodeLine = (line: Buffer): { readonly value: unknown } | undefined => {
  const json = line.subarray(9);
  if (line.toString('latin1', 0, 8) !== crc32(json).toString(16).padStart(8, '0')) return undefined;
  return { value: JSON.parse(json.toString('utf8')) };
};

async function* readLines(path: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const piece of createReadStream(path, { highWaterMark: REWRITE_BYTES })) {
    const bytes = Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

interface Place {
  readonly path: string;
  readonly format: Format;
}

type Scan = { goodBytes: number; lines: number; isDamaged: boolean };

const checkFormat = (value: unknown, { path, format }: Place): void => {
  if (JSON.stringify(value) === JSON.stringify(format)) return;
  throw new Error(
    `${path} was written by another version of Tracklet (${JSON.stringify(value)}); this one reads ${JSON.stringify(format)}`,
  );
};

/** Hands on every good line; a bad one is a torn tail (the process died while writing) unless good ones follow: then the file is damaged. */
const scan = async (place: Place, onEntry: (entry: unknown) => void): Promise<Scan> => {
  const result: Scan = { goodBytes: 0, lines: 0, isDamaged: false };
  let position = 0;
  for await (const line of readLines(place.path)) {
    const decoded = decodeLine(line);
    const start = position;
    position += line.length + 1;
    if (decoded === undefined) continue;
    if (start === 0) checkFormat(decoded.value, place);
    else onEntry(decoded.value);
    if (start !== result.goodBytes) result.isDamaged = true;
    result.goodBytes = position;
    result.lines += 1;
  }
  return result;
};

const keepDamaged = async (path: string, { goodBytes }: Scan): Promise<void> => {
  const copy = `${path}.${goodBytes}.damaged`;
  await copyFile(path, copy);
  process.emitWarning(
    `${path} has unreadable lines; what they said is lost. A copy is kept as ${copy}, and so are files that nothing refers to.`,
  );
};

/**
 * An append-only file of entries, one line each: `crc32 SP json LF`. An entry is there entirely or not at all, and for good once `append`
 * is done (synced, so after a power cut as well), or, where it was not to be synced, the next is.
 */
export class Journal {
  readonly #place: Place;
  #file: FileHandle;
  #goodBytes: number;
  #lines: number;
  #isDamaged: boolean;

  private constructor(place: Place, file: FileHandle, scanned: Scan) {
    this.#place = place;
    this.#file = file;
    this.#goodBytes = scanned.goodBytes;
    this.#lines = scanned.lines;
    this.#isDamaged = scanned.isDamaged;
  }

  /** Opens or starts the file, hands every entry on, cuts a torn tail off, and keeps a copy of a damaged file. */
  static async open(path: string, format: Format, onEntry: (entry: unknown) => void): Promise<Journal> {
    const file = await open(path, 'a');
    try {
      const place = { path, format };
      const scanned = await scan(place, onEntry);
      if (scanned.isDamaged) await keepDamaged(path, scanned);
      await file.truncate(scanned.goodBytes);
      const journal = new Journal(place, file, scanned);
      if (scanned.goodBytes === 0) await journal.#write(encodeLine(format), 1);
      return journal;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Lines in the file, dead ones too. */
  get lines(): number {
    return this.#lines;
  }

  get bytes(): number {
    return this.#goodBytes;
  }

  /** Lines in the middle could not be read; true until the file is rewritten. */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** Adds the entries, in order; after an error none of them counts, once `reread` was called. */
  async append(entries: readonly unknown[], { isSynced = true } = {}): Promise<void> {
    await this.#write(entries.map(encodeLine).join(''), entries.length, isSynced);
  }

  /** After a failed append: takes back what was half written and hands every entry that holds on again. */
  async reread(onEntry: (entry: unknown) => void): Promise<void> {
    await this.#file.truncate(this.#goodBytes);
    await scan(this.#place, onEntry);
  }

  /** Replaces the whole file by these entries, atomically; after an error the file is as it was. */
  async rewrite(entries: Iterable<unknown>): Promise<void> {
    const { path, format } = this.#place;
    const draft = `${path}.new`;
    await rm(draft, { force: true });
    const file = await open(draft, 'a');
    try {
      const scanned = await writeEntries(file, format, entries);
      await file.sync();
      await rename(draft, path);
      const replaced = this.#file;
      this.#file = file;
      [this.#goodBytes, this.#lines, this.#isDamaged] = [scanned.goodBytes, scanned.lines, false];
      await replaced.close();
    } catch (error) {
      if (this.#file !== file) await file.close();
      throw error;
    }
    // Once more after the move: the new name is durable before anything is appended under it.
    await file.sync();
  }

  async close(): Promise<void> {
    await this.#file.datasync().finally(() => this.#file.close());
  }

  async #write(text: string, lines: number, isSynced = true): Promise<void> {
    const bytes = Buffer.from(text);
    if (bytes.length > SMALL_BYTES) await writeFully(this.#file, bytes);
    else writeSmall(this.#file, bytes);
    if (isSynced) await datasync(this.#file.fd);
    this.#goodBytes += bytes.length;
    this.#lines += lines;
  }
}

const writeSmall = ({ fd }: FileHandle, bytes: Uint8Array): void => {
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written);
};

const writeEntries = async (file: FileHandle, format: Format, entries: Iterable<unknown>): Promise<Scan> => {
  const written: Scan = { goodBytes: 0, lines: 1, isDamaged: false };
  let pending = encodeLine(format);
  const flush = async (): Promise<void> => {
    written.goodBytes += await writeFully(file, Buffer.from(pending));
    pending = '';
  };
  for (const entry of entries) {
    pending += encodeLine(entry);
    written.lines += 1;
    if (pending.length >= REWRITE_BYTES) await flush();
  }
  await flush();
  return written;
};
