import type { SegmentSource } from '../segments/segment-source.ts';

/** All segments lie below this prefix of the bucket, beside the artifacts. */
export const SEGMENTS_ROOT = 'segments/';

/** Where segments lie: each under its id, written once. */
export interface SegmentFiles {
  readonly put: (id: string, bytes: Uint8Array) => Promise<void>;
  /** Reads of a segment that is not there throw SegmentCorrupt. */
  readonly open: (id: string, sizeBytes: number) => SegmentSource;
  /** What is not there already is no error. */
  readonly remove: (ids: readonly string[]) => Promise<void>;
  /** The segments of an experiment that were written before a time, in ms. */
  readonly listOlder: (experimentId: string, beforeMs: number) => Promise<readonly string[]>;
}
