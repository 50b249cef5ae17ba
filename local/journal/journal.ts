import { createReadStream } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { GrowingFile } from './growing-file.ts';

/** What a file holds: its first line. */
interface Format {
  readonly format: string;
  readonly version: number;
}

const REWRITE_BYTES = 1024 * 1024;
const LF = 0x0a;

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
  /** By how much the file grows at a time, in bytes. Only where each append is synced: what was not may reach the disk in any order. */
  readonly roomBytes?: number;
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
  #file: GrowingFile;
  #goodBytes: number;
  #lines: number;
  #isDamaged: boolean;

  private constructor(place: Place, file: GrowingFile, scanned: Scan) {
    this.#place = place;
    this.#file = file;
    this.#goodBytes = scanned.goodBytes;
    this.#lines = scanned.lines;
    this.#isDamaged = scanned.isDamaged;
  }

  /** Opens or starts the file, hands every entry on, cuts a torn tail off, and keeps a copy of a damaged file. */
  static async open(place: Place, onEntry: (entry: unknown) => void): Promise<Journal> {
    const file = await GrowingFile.open(place.path, place.roomBytes);
    try {
      const scanned = await scan(place, onEntry);
      if (scanned.isDamaged) await keepDamaged(place.path, scanned);
      await file.cut(scanned.goodBytes);
      const journal = new Journal(place, file, scanned);
      if (scanned.goodBytes === 0) await journal.#write(encodeLine(place.format), 1);
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
    await this.#file.cut(this.#goodBytes);
    await scan(this.#place, onEntry);
  }

  /** Replaces the whole file by these entries, atomically; after an error the file is as it was. */
  async rewrite(entries: Iterable<unknown>): Promise<void> {
    const { path, format, roomBytes } = this.#place;
    const draft = `${path}.new`;
    await rm(draft, { force: true });
    const file = await GrowingFile.open(draft, roomBytes);
    try {
      const lines = await writeEntries(file, format, entries);
      await file.syncWithName();
      await rename(draft, path);
      const replaced = this.#file;
      this.#file = file;
      [this.#goodBytes, this.#lines, this.#isDamaged] = [file.endBytes, lines, false];
      await replaced.close();
    } catch (error) {
      if (this.#file !== file) await file.close();
      throw error;
    }
    // Once more after the move: the new name is durable before anything is appended under it.
    await file.syncWithName();
  }

  async close(): Promise<void> {
    try {
      await this.#file.sync();
    } finally {
      await this.#file.close();
    }
  }

  async #write(text: string, lines: number, isSynced = true): Promise<void> {
    await this.#file.append(Buffer.from(text));
    if (isSynced) await this.#file.sync();
    this.#goodBytes = this.#file.endBytes;
    this.#lines += lines;
  }
}

/** Writes the first line and the entries; how many lines there are then. */
const writeEntries = async (file: GrowingFile, format: Format, entries: Iterable<unknown>): Promise<number> => {
  let lines = 1;
  let pending = encodeLine(format);
  const flush = async (): Promise<void> => {
    await file.append(Buffer.from(pending));
    pending = '';
  };
  for (const entry of entries) {
    pending += encodeLine(entry);
    lines += 1;
    if (pending.length >= REWRITE_BYTES) await flush();
  }
  await flush();
  return lines;
};
