import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { BlockEntry } from './block.ts';
import { COLUMN_KINDS, type ColumnKind } from './column.ts';
import { type Dictionary, readDictionary, writeDictionary } from './dictionary.ts';
import { PackedReader } from './packed-reader.ts';
import { PackedWriter } from './packed-writer.ts';
import { decodeOrCorrupt, SegmentCorrupt } from './segment-corrupt.ts';

/** Where a column's bytes are: `length` of them from `offset` on in a block, which small columns share. */
export interface ColumnPlace {
  readonly block: number;
  readonly offset: number;
  readonly length: number;
}

/** The columns of one kind; `places[code]` belongs to the key with that code. */
export interface ColumnDirectory {
  readonly keys: Dictionary;
  readonly places: readonly ColumnPlace[];
}

/** What a reader must know before it reads anything else. */
export interface Header {
  readonly rowCount: number;
  /** The blocks in the order of the file, the last one the index of run blocks; those follow it. */
  readonly blocks: readonly BlockEntry[];
  readonly runBlocksLength: number;
  readonly directories: ReadonlyMap<ColumnKind, ColumnDirectory>;
}

/*
 * segment  := preamble header block* runBlock* sha256
 * preamble := magic:8 length:u32 rawLength:u32 crc:u32     the header's; its crc is of magic, lengths and header
 * header   := rowCount runBlocksLength blockCount { length rawLength crc }* directory{6}     deflated
 * directory := keys:dictionary { block offset length }*
 * sha256 is of all before it.
 */
const MAGIC = Buffer.from('TRKLSEG1', 'latin1');
const CRC_AT = 16;
/** Bytes of the preamble, and of the hash at the end. */
export const PREAMBLE_LENGTH = 20;
export const SHA256_LENGTH = 32;
/** What a block that several columns share has at most, inflated. */
export const MAX_SHARED_BLOCK_BYTES = 40 * 1024;

/** The SHA-256 of chunks one behind the other. */
export const sha256Of = (chunks: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest();
};

/** A column's key and place, before they are written. */
export interface NamedPlace extends ColumnPlace {
  readonly key: string;
}

/** A header before it is written; the columns of each kind in the order of their keys' code points. */
export interface HeaderData extends Omit<Header, 'directories'> {
  readonly columns: ReadonlyMap<ColumnKind, readonly NamedPlace[]>;
}

/** The preamble and the header. */
export function writeHeader({ rowCount, runBlocksLength, blocks, columns }: HeaderData): Uint8Array {
  const writer = new PackedWriter();
  for (const number of [rowCount, runBlocksLength]) writer.unsigned(number);
  writeBlockEntries(writer, blocks);
  for (const kind of COLUMN_KINDS) writeDirectory(writer, columns.get(kind) ?? []);
  const raw = writer.finish();
  const header = deflateRawSync(raw);
  const preamble = Buffer.alloc(PREAMBLE_LENGTH);
  MAGIC.copy(preamble);
  preamble.writeUInt32LE(header.length, 8);
  preamble.writeUInt32LE(raw.length, 12);
  preamble.writeUInt32LE(crcOf(preamble, header), CRC_AT);
  return Buffer.concat([preamble, header]);
}

const crcOf = (preamble: Buffer, header: Uint8Array): number => crc32(header, crc32(preamble.subarray(0, CRC_AT)));

/** Writes how many blocks there are, and what is known about each. */
export function writeBlockEntries(writer: PackedWriter, blocks: readonly BlockEntry[]): void {
  writer.unsigned(blocks.length);
  for (const { length, rawLength, crc } of blocks)
    for (const number of [length, rawLength, crc]) writer.unsigned(number);
}

/** Reads what writeBlockEntries wrote. */
export const readBlockEntries = (reader: PackedReader): readonly BlockEntry[] =>
  Array.from({ length: reader.unsigned() }, () => ({
    length: reader.unsigned(),
    rawLength: reader.unsigned(),
    crc: reader.unsigned(),
  }));

function writeDirectory(writer: PackedWriter, columns: readonly NamedPlace[]): void {
  writeDictionary(
    writer,
    columns.map(({ key }) => key),
  );
  for (const { block, offset, length } of columns)
    for (const number of [block, offset, length]) writer.unsigned(number);
}

/** How long the header behind this preamble is; throws SegmentCorrupt for what is no segment. */
export function readPreamble(start: Uint8Array): { readonly length: number } {
  const isSegment = start.length >= PREAMBLE_LENGTH && MAGIC.equals(start.subarray(0, MAGIC.length));
  if (!isSegment) throw new SegmentCorrupt('It does not begin as a segment does');
  return { length: viewOf(start).readUInt32LE(8) };
}

const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads what writeHeader wrote; throws SegmentCorrupt when it is not as it was. */
export function readHeader(bytes: Uint8Array): Header {
  const preamble = viewOf(bytes.subarray(0, PREAMBLE_LENGTH));
  const header = bytes.subarray(PREAMBLE_LENGTH);
  if (crcOf(preamble, header) !== preamble.readUInt32LE(CRC_AT)) {
    throw new SegmentCorrupt('The header does not have its checksum');
  }
  return decodeOrCorrupt('The header', () => {
    const reader = new PackedReader(inflateRawSync(header, { maxOutputLength: preamble.readUInt32LE(12) }));
    const rowCount = reader.unsigned();
    const runBlocksLength = reader.unsigned();
    const blocks = readBlockEntries(reader);
    const directories = new Map(COLUMN_KINDS.map((kind) => [kind, readDirectory(reader)]));
    return { rowCount, runBlocksLength, blocks, directories };
  });
}

function readDirectory(reader: PackedReader): ColumnDirectory {
  const keys = readDictionary(reader);
  const places = Array.from({ length: keys.size }, () => ({
    block: reader.unsigned(),
    offset: reader.unsigned(),
    length: reader.unsigned(),
  }));
  return { keys, places };
}
