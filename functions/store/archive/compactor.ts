import { mergeSegments } from '../segments/merge-segments.ts';
import { openSegment } from '../segments/open-segment.ts';
import { sourceOfBytes } from '../segments/segment-source.ts';
import { type Manifest, type SegmentEntry, withMerged, withoutRetired } from './manifest.ts';
import type { Manifests } from './manifests.ts';
import { isReplaced, ownersOf } from './owners.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { SegmentFiles } from './segment-files.ts';

/** Keeps the segments of experiments few, and their files to those that are needed. */
export interface Compactor {
  /** Merges segments of like size when there are many; gives whether it did. */
  readonly compact: (experimentId: string) => Promise<boolean>;
  /** Removes the files of segments that nobody reads any more. */
  readonly sweep: (experimentId: string) => Promise<void>;
}

export interface CompactorProps {
  readonly manifests: Manifests;
  readonly files: SegmentFiles;
  readonly cache: SegmentCache;
  readonly clock: () => number;
  readonly newSegmentId: (experimentId: string) => string;
}

/** So many segments of like size make one of the next size. */
const FAN_IN = 8;
/** Runs in a segment of the smallest size. */
const SMALLEST = 2_048;
/** A merge holds the new segment in memory, some 200 bytes a run. */
const MAX_ROWS = 1_000_000;
/** Searches that read a retired segment are over by then: a function ends after 30 s. */
const GRACE_MS = 10 * 60_000;
/** A segment that no manifest names by then was left by an archiver that died. */
const ORPHAN_MS = 24 * 3_600_000;

/** The size class of a segment: 0 up to 2,048 runs, then eight times as many each. */
const tierOf = ({ rowCount }: SegmentEntry): number =>
  Math.max(0, Math.ceil(Math.log(rowCount / SMALLEST) / Math.log(FAN_IN)));

/** Which segments are to become one: the smallest size of which there are many, with all that is smaller. */
function segmentsToMerge({ segments, pending }: Manifest): readonly SegmentEntry[] {
  const settled = segments.filter(({ id }) => id !== pending?.id);
  for (let tier = 0; tier <= Math.max(0, ...settled.map(tierOf)); tier += 1) {
    const ofTier = settled.filter((entry) => tierOf(entry) <= tier);
    const rows = ofTier.reduce((sum, { rowCount }) => sum + rowCount, 0);
    if (ofTier.length >= FAN_IN && rows <= MAX_ROWS) return ofTier;
  }
  return [];
}

export function createCompactor({ manifests, files, cache, clock, newSegmentId }: CompactorProps): Compactor {
  const merge = async (experimentId: string, manifest: Manifest, inputs: readonly SegmentEntry[]) => {
    const all = await Promise.all(manifest.segments.map(cache.open));
    const owners = await ownersOf(all);
    const places = inputs.map((input) => manifest.segments.indexOf(input));
    const bytes = await mergeSegments(
      all.filter((_, index) => places.includes(index)),
      {
        isDropped: (at, runId) => isReplaced(owners, Number(places[at]), runId),
        isComplete: inputs.length === all.length,
      },
    );
    const { rowCount } = await openSegment(sourceOfBytes(bytes));
    return { entry: { id: newSegmentId(experimentId), sizeBytes: bytes.length, rowCount }, bytes };
  };

  return {
    compact: async (experimentId) => {
      const manifest = await manifests.read(experimentId);
      const inputs = segmentsToMerge(manifest);
      if (inputs.length === 0) return false;
      const { entry, bytes } = await merge(experimentId, manifest, inputs);
      cache.trim();
      await files.put(entry.id, bytes);
      const isNamed = await manifests.change(experimentId, (current) => withMerged(current, inputs, entry, clock()));
      if (!isNamed) await files.remove([entry.id]);
      return isNamed;
    },
    sweep: async (experimentId) => {
      const manifest = await manifests.read(experimentId);
      const retired = manifest.retired.filter(({ retiredAt }) => retiredAt < clock() - GRACE_MS).map(({ id }) => id);
      if (retired.length > 0) {
        await files.remove(retired);
        const gone = new Set(retired);
        await manifests.change(experimentId, (current) => withoutRetired(current, gone));
      }
      const known = new Set([...manifest.segments, ...manifest.retired].map(({ id }) => id));
      const old = await files.listOlder(experimentId, clock() - ORPHAN_MS);
      await files.remove(old.filter((id) => !known.has(id)));
    },
  };
}
