import { openSegment } from '../segments/open-segment.ts';
import type { Segment } from '../segments/segment.ts';
import type { SegmentEntry } from './manifest.ts';
import type { SegmentFiles } from './segment-files.ts';

/** Open segments and the columns that were read of them, up to a number of bytes; the longest unused are let go first. */
export interface SegmentCache {
  readonly open: (entry: SegmentEntry) => Promise<Segment>;
  /** Lets go what is too much; to be called when searches are done with their segments. */
  readonly trim: () => void;
}

/** A column takes its own bytes, and in a search about as much again. */
export function createSegmentCache(files: SegmentFiles, maxBytes: number): SegmentCache {
  const segments = new Map<string, Promise<Segment>>();
  const opened = new Map<string, Segment>();

  const open = async ({ id, sizeBytes }: SegmentEntry): Promise<Segment> => {
    const segment = await openSegment(files.open(id, sizeBytes));
    opened.set(id, segment);
    return segment;
  };

  const letGo = (id: string) => {
    segments.delete(id);
    opened.delete(id);
  };

  return {
    open: (entry) => {
      const known = segments.get(entry.id) ?? open(entry);
      // Put at the end: the first are the longest unused.
      segments.delete(entry.id);
      segments.set(entry.id, known);
      known.catch(() => letGo(entry.id));
      return known;
    },
    trim: () => {
      let total = [...opened.values()].reduce((sum, { byteSize }) => sum + byteSize, 0);
      for (const id of [...segments.keys()]) {
        if (total <= maxBytes) return;
        total -= opened.get(id)?.byteSize ?? 0;
        letGo(id);
      }
    },
  };
}
