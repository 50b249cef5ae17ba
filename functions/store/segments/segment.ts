import { type BlockEntry, unpackBlock } from './block.ts';
import type { Column, ColumnKind, ColumnName } from './column.ts';
import { type ColumnPlace, type Header, MAX_SHARED_BLOCK_BYTES, PREAMBLE_LENGTH, readBlockEntries } from './header.ts';
import { PackedReader } from './packed-reader.ts';
import { readColumn } from './read-column.ts';
import { RecentRuns } from './recent-runs.ts';
import { RunBytes } from './run-bytes.ts';
import { decodeOrCorrupt } from './segment-corrupt.ts';
import type { SegmentSource } from './segment-source.ts';

/** Where the runs from a row on are, up to the next block's first. */
export interface RunBlockPlace {
  readonly firstRow: number;
  readonly offset: number;
  readonly entry: BlockEntry;
}

interface OpenHeader {
  readonly header: Header;
  /** Of the header as it is stored. */
  readonly length: number;
}

/** A column's place in memory: its entry in the directory. */
const PLACE_BYTES = 64;
const RUN_PLACE_BYTES = 120;

/**
 * An open segment: rows that never change, in columns, of which each is read when it is first asked for and then kept.
 * All methods throw SegmentCorrupt for bytes that are not as they were written, and whatever the source throws; the
 * next call tries again.
 */
export class Segment {
  /** The blocks of whole runs. */
  readonly runs: RunBytes;
  readonly recentRuns = new RecentRuns();
  readonly rowCount: number;
  private readonly source: SegmentSource;
  private readonly header: Header;
  private readonly blockOffsets: readonly number[];
  /** Of what is in memory from the start. */
  private readonly openedBytes: number;
  private readonly keysOfKind = new Map<ColumnKind, readonly string[]>();
  private columns = new Map<string, Promise<Column>>();
  private loadedBytes = 0;
  private runPlaces: Promise<readonly RunBlockPlace[]> | undefined;
  private sharedBlock: { readonly index: number; readonly bytes: Promise<Uint8Array> } | undefined;

  constructor(source: SegmentSource, { header, length }: OpenHeader) {
    this.source = source;
    this.runs = new RunBytes(source);
    this.header = header;
    this.rowCount = header.rowCount;
    this.blockOffsets = offsetsFrom(PREAMBLE_LENGTH + length, header.blocks);
    this.openedBytes = [...header.directories.values()].reduce(
      (sum, { keys }) => sum + keys.byteSize * 2 + keys.size * PLACE_BYTES,
      header.blocks.length * PLACE_BYTES + (source.bytes?.length ?? 0),
    );
  }

  /** What the segment takes in memory now, about; it grows with what is read. */
  get byteSize(): number {
    return this.openedBytes + this.loadedBytes + this.runs.byteSize + this.recentRuns.byteSize;
  }

  /** Forgets all that was read since it was opened, which is read again when it is needed. */
  release(): void {
    this.columns = new Map();
    this.runPlaces = undefined;
    this.sharedBlock = undefined;
    this.loadedBytes = 0;
    this.runs.release();
    this.recentRuns.release();
  }

  /** The keys of a kind in the order of their code points; a key's place there is its code in run blocks. */
  keys(kind: ColumnKind): readonly string[] {
    const known = this.keysOfKind.get(kind);
    if (known !== undefined) return known;
    const dictionary = this.header.directories.get(kind)?.keys;
    const keys = Array.from({ length: dictionary?.size ?? 0 }, (_, code) => dictionary?.at(code) ?? '');
    this.keysOfKind.set(kind, keys);
    return keys;
  }

  /** Whether some row has a value of that name. */
  has(name: ColumnName): boolean {
    return this.placeOf(name) !== undefined;
  }

  /** Gives a column; undefined when no row has a value of that name. */
  async column(name: ColumnName): Promise<Column | undefined> {
    const place = this.placeOf(name);
    if (place === undefined) return undefined;
    const id = `${name.kind} ${name.key}`;
    const known = this.columns.get(id);
    if (known !== undefined) return known;
    const loading = this.loadColumn(name, place);
    keepUnlessItFails(this.columns, id, loading);
    const column = await loading;
    if (this.columns.get(id) === loading) this.loadedBytes += column.byteSize;
    return column;
  }

  /** Gives a column without keeping it. */
  async loadColumn(name: ColumnName, place = this.placeOf(name)): Promise<Column> {
    const what = `Column ${name.kind} ${JSON.stringify(name.key)}`;
    if (place === undefined) throw new Error(`${what} is not there`);
    const block = await this.readColumnBlock(place.block);
    return decodeOrCorrupt(what, () => {
      const bytes = block.subarray(place.offset, place.offset + place.length);
      return readColumn(bytes, this.rowCount);
    });
  }

  /** Where the runs are, by rows ascending. */
  runBlocks(): Promise<readonly RunBlockPlace[]> {
    const places = this.runPlaces ?? this.loadRunPlaces();
    if (this.runPlaces === undefined) {
      this.runPlaces = places;
      places.catch(() => {
        this.runPlaces = undefined;
      });
    }
    return places;
  }

  private placeOf({ kind, key }: ColumnName): ColumnPlace | undefined {
    const directory = this.header.directories.get(kind);
    return directory?.places[directory.keys.locate(key)];
  }

  /** Thousands of small columns share blocks: the one that was read last is kept. */
  private async readColumnBlock(index: number): Promise<Uint8Array> {
    if (this.sharedBlock?.index === index) return this.sharedBlock.bytes;
    const bytes = this.readBlock(index);
    const isShared = Number(this.header.blocks[index]?.rawLength) <= MAX_SHARED_BLOCK_BYTES;
    if (!isShared) return bytes;
    const shared = { index, bytes };
    this.sharedBlock = shared;
    bytes.catch(() => {
      if (this.sharedBlock === shared) this.sharedBlock = undefined;
    });
    return bytes;
  }

  private async readBlock(index: number): Promise<Uint8Array> {
    const entry = this.header.blocks[index];
    const offset = this.blockOffsets[index];
    if (entry === undefined || offset === undefined) throw new Error(`Block ${index} is not there`);
    return unpackBlock(`Block ${index}`, entry, await this.source.read(offset, entry.length));
  }

  private async loadRunPlaces(): Promise<readonly RunBlockPlace[]> {
    const last = this.header.blocks.length - 1;
    const bytes = await this.readBlock(last);
    const start = Number(this.blockOffsets[last]) + Number(this.header.blocks[last]?.length);
    const places = decodeOrCorrupt('The index of runs', () => readRunPlaces(bytes, start));
    this.loadedBytes += places.length * RUN_PLACE_BYTES;
    return places;
  }
}

function readRunPlaces(bytes: Uint8Array, start: number): readonly RunBlockPlace[] {
  const reader = new PackedReader(bytes);
  const entries = readBlockEntries(reader);
  const offsets = offsetsFrom(start, entries);
  let firstRow = 0;
  return entries.map((entry, at) => {
    const place = { firstRow, offset: Number(offsets[at]), entry };
    firstRow += reader.unsigned();
    return place;
  });
}

function offsetsFrom(start: number, entries: readonly BlockEntry[]): readonly number[] {
  let end = start;
  return entries.map(({ length }) => {
    end += length;
    return end - length;
  });
}

function keepUnlessItFails<T>(cache: Map<string, Promise<T>>, key: string, value: Promise<T>): void {
  cache.set(key, value);
  value.catch(() => {
    if (cache.get(key) === value) cache.delete(key);
  });
}
