import { PREAMBLE_LENGTH, readHeader, readPreamble, SHA256_LENGTH } from './header.ts';
import { Segment } from './segment.ts';
import { SegmentCorrupt } from './segment-corrupt.ts';
import { type SegmentSource, sourceOfBytes } from './segment-source.ts';

/** The header of a segment with fewer than a thousand keys fits, so that opening takes one read. */
const FIRST_READ_BYTES = 32 * 1024;
/**
 * A file of up to this size is read whole: S3 sends it in the time of two reads more, and a search and its page take some
 * ten, of which three one behind the other. About 15,000 runs with 50 entries each.
 */
const WHOLE_BYTES = 4 * 1024 * 1024;

/** Opens a segment: reads its header, and of a large one no more. Throws SegmentCorrupt for what is none, or not whole. */
export async function openSegment(source: SegmentSource, wholeBytes = WHOLE_BYTES): Promise<Segment> {
  const isSmall = source.sizeBytes <= wholeBytes;
  const start = await source.read(0, isSmall ? source.sizeBytes : Math.min(FIRST_READ_BYTES, source.sizeBytes));
  const { length } = readPreamble(start);
  const end = PREAMBLE_LENGTH + length;
  if (end > source.sizeBytes) throw new SegmentCorrupt('It ends within its header');
  const rest = end > start.length ? await source.read(start.length, end - start.length) : new Uint8Array();
  const header = readHeader(rest.length > 0 ? Buffer.concat([start, rest]) : start.subarray(0, end));
  const blocksLength = header.blocks.reduce((sum, block) => sum + block.length, 0);
  const sizeBytes = end + blocksLength + header.runBlocksLength + SHA256_LENGTH;
  if (source.sizeBytes !== sizeBytes) {
    throw new SegmentCorrupt(`It has ${source.sizeBytes} bytes, not ${sizeBytes}`);
  }
  return new Segment(isSmall ? sourceOfBytes(start) : source, { header, length });
}
