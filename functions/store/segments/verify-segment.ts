import { createHash } from 'node:crypto';
import { SHA256_LENGTH } from './header.ts';
import { openSegment } from './open-segment.ts';
import { SegmentCorrupt } from './segment-corrupt.ts';
import type { SegmentSource } from './segment-source.ts';

const READ_BYTES = 4 * 1024 * 1024;

/** Reads a whole segment, a few MB at a time, and throws SegmentCorrupt unless each byte is as it was written. */
export async function verifySegment(source: SegmentSource): Promise<void> {
  await openSegment(source);
  const end = source.sizeBytes - SHA256_LENGTH;
  const hash = createHash('sha256');
  for (let at = 0; at < end; at += READ_BYTES) hash.update(await source.read(at, Math.min(READ_BYTES, end - at)));
  const isWhole = hash.digest().equals(await source.read(end, SHA256_LENGTH));
  if (!isWhole) throw new SegmentCorrupt('It does not have its SHA-256');
}
