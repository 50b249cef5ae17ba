import type { ArchivedRun } from './archived-run.ts';
import { type BlockEntry, packBlock } from './block.ts';
import type { ColumnKind, ColumnName } from './column.ts';
import type { ColumnData } from './column-data.ts';
import { MAX_SHARED_BLOCK_BYTES, type NamedPlace, sha256Of, writeBlockEntries, writeHeader } from './header.ts';
import { PackedWriter } from './packed-writer.ts';
import { RunBlockWriter } from './run-block-writer.ts';
import { writeColumn } from './write-column.ts';

/** Columns below this share a block: thousands of keys that few runs have cost neither directory nor compression. */
const OWN_BLOCK_BYTES = 8 * 1024;
const SHARED_BLOCK_BYTES = MAX_SHARED_BLOCK_BYTES - OWN_BLOCK_BYTES;
/** A scattered page inflates a block for each of its runs; fewer runs a block compress worse. */
const RUNS_PER_BLOCK = 32;
const RUN_BLOCK_BYTES = 64 * 1024;

interface WaitingColumn extends ColumnName {
  readonly bytes: Uint8Array;
}

/**
 * Writes a segment: first all columns, then all runs, in the order of compareArchivedRuns. Keeps what it has written
 * compressed, and nothing else for long.
 */
export class SegmentWriter {
  private readonly rowCount: number;
  private readonly chunks: Uint8Array[] = [];
  private readonly blocks: BlockEntry[] = [];
  private readonly columns = new Map<ColumnKind, NamedPlace[]>();
  private readonly runBlocks: BlockEntry[] = [];
  private readonly runChunks: Uint8Array[] = [];
  private readonly runCounts: number[] = [];
  private readonly runs: RunBlockWriter;
  private readonly codes = new Map<ColumnKind, Map<string, number>>();
  private waiting: WaitingColumn[] = [];
  private waitingBytes = 0;

  constructor(rowCount: number) {
    this.rowCount = rowCount;
    this.runs = new RunBlockWriter((kind, key) => this.codeOf(kind, key));
  }

  /** Adds a column; those of a kind come in the order of their keys' code points. */
  addColumn({ kind, key }: ColumnName, data: ColumnData): void {
    this.learnKey(kind, key);
    const column = { kind, key, bytes: writeColumn(data, kind, this.rowCount) };
    if (column.bytes.length >= OWN_BLOCK_BYTES) {
      this.writeBlockOf([column]);
      return;
    }
    this.waiting.push(column);
    this.waitingBytes += column.bytes.length;
    if (this.waitingBytes >= SHARED_BLOCK_BYTES) this.flushColumns();
  }

  /** Adds the next run; each of its keys has a column already. */
  addRun(run: ArchivedRun): void {
    this.runs.add(run);
    if (this.runs.runCount >= RUNS_PER_BLOCK || this.runs.sizeBytes >= RUN_BLOCK_BYTES) this.flushRuns();
  }

  finish(): Uint8Array {
    this.flushColumns();
    if (this.runs.runCount > 0) this.flushRuns();
    this.writeRunIndex();
    const { rowCount, blocks } = this;
    const runBlocksLength = this.runBlocks.reduce((sum, { length }) => sum + length, 0);
    const columns = new Map(
      [...this.columns].map(([kind, places]) => [kind, sortedAsAdded(places, this.codes.get(kind))]),
    );
    const header = writeHeader({ rowCount, blocks, runBlocksLength, columns });
    const chunks = [header, ...this.chunks, ...this.runChunks];
    return Buffer.concat([...chunks, sha256Of(chunks)]);
  }

  private learnKey(kind: ColumnKind, key: string): void {
    const codes = this.codes.get(kind) ?? new Map<string, number>();
    this.codes.set(kind, codes.set(key, codes.size));
  }

  private codeOf(kind: ColumnKind, key: string): number {
    const code = this.codes.get(kind)?.get(key);
    if (code === undefined) throw new Error(`A run has the ${kind} ${key}, which has no column`);
    return code;
  }

  private flushColumns(): void {
    if (this.waiting.length > 0) this.writeBlockOf(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
  }

  private writeBlockOf(columns: readonly WaitingColumn[]): void {
    let offset = 0;
    for (const { kind, key, bytes } of columns) {
      const places = this.columns.get(kind) ?? [];
      places.push({ key, block: this.blocks.length, offset, length: bytes.length });
      this.columns.set(kind, places);
      offset += bytes.length;
    }
    this.writeBlock(Buffer.concat(columns.map(({ bytes }) => bytes)));
  }

  private writeBlock(raw: Uint8Array): void {
    const { entry, bytes } = packBlock(raw);
    this.blocks.push(entry);
    this.chunks.push(bytes);
  }

  private flushRuns(): void {
    this.runCounts.push(this.runs.runCount);
    const { entry, bytes } = packBlock(this.runs.finish());
    this.runBlocks.push(entry);
    this.runChunks.push(bytes);
  }

  /** runIndex := blockEntries runCount* */
  private writeRunIndex(): void {
    const writer = new PackedWriter();
    writeBlockEntries(writer, this.runBlocks);
    for (const count of this.runCounts) writer.unsigned(count);
    this.writeBlock(writer.finish());
  }
}

/** A large column is written before smaller ones that came earlier. */
const sortedAsAdded = (
  places: readonly NamedPlace[],
  codes: ReadonlyMap<string, number> | undefined,
): readonly NamedPlace[] => places.toSorted((a, b) => Number(codes?.get(a.key)) - Number(codes?.get(b.key)));
