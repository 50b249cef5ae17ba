import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { SegmentCorrupt } from './segment-corrupt.ts';

/** What is known about a block before it is read; its checksum is of the bytes as they are stored. */
export interface BlockEntry {
  readonly length: number;
  /** The same as `length` for a block that is stored as it is. */
  readonly rawLength: number;
  readonly crc: number;
}

/** A block as it goes into a file. */
export interface Block {
  readonly entry: BlockEntry;
  readonly bytes: Uint8Array;
}

/** As small as level 6 but for a few percent, at a third of its time; Brotli is smaller, and much slower to inflate. */
const DEFLATE_LEVEL = 4;
/** Random doubles hardly get smaller; what saves less than this is not worth inflating. */
const WORTH_DEFLATING = 0.95;
/** zlib: Z_MIN_CHUNK. With one chunk that surely has room, inflating takes a third less than with chunks of 16 KB. */
const SMALLEST_CHUNK = 64;

/** Compresses bytes where that pays. */
export function packBlock(raw: Uint8Array): Block {
  const deflated = deflateRawSync(raw, { level: DEFLATE_LEVEL });
  const bytes = deflated.length < raw.length * WORTH_DEFLATING ? deflated : Buffer.from(raw);
  return { entry: { length: bytes.length, rawLength: raw.length, crc: crc32(bytes) }, bytes };
}

/** Gives a block's bytes as they were; throws SegmentCorrupt when they are not. `what` names the block. */
export function unpackBlock(what: string, { length, rawLength, crc }: BlockEntry, bytes: Uint8Array): Uint8Array {
  if (bytes.length !== length) throw new SegmentCorrupt(`${what} has ${bytes.length} bytes, not ${length}`);
  if (crc32(bytes) !== crc) throw new SegmentCorrupt(`${what} does not have its checksum`);
  if (length === rawLength) return bytes;
  const raw = inflate(what, bytes, rawLength);
  if (raw.length !== rawLength) throw new SegmentCorrupt(`${what} inflates to ${raw.length} bytes, not ${rawLength}`);
  return raw;
}

function inflate(what: string, bytes: Uint8Array, rawLength: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: rawLength, chunkSize: Math.max(rawLength + 1, SMALLEST_CHUNK) });
  } catch (error) {
    throw new SegmentCorrupt(`${what} cannot be inflated`, error);
  }
}
