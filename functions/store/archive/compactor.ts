import { mergeSegments } from '../segments/merge-segments.ts';
import { openSegment } from '../segments/open-segment.ts';
import { sourceOfBytes } from '../segments/segment-source.ts';
import { type Manifest, type SegmentEntry, withMerged, withoutRetired } from './manifest.ts';
import type { Manifests } from './manifests.ts';
import { isReplaced, ownersOf } from './owners.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { SegmentFiles } from './segment-files.ts';
import { segmentsToMerge } from './segments-to-merge.ts';

/** Keeps the segments of experiments few, and their files to those that are needed. */
export interface Compactor {
  /** Merges segments of like size when there are many; gives whether it did. */
  readonly compact: (experimentId: string) => Promise<boolean>;
  /** Removes the files of segments that nobody reads any more, and those that were never named. */
  readonly sweep: (experimentId: string) => Promise<void>;
  /** Removes the files of segments that nobody reads any more. */
  readonly sweepRetired: (experimentId: string) => Promise<void>;
}

export interface CompactorProps {
  readonly manifests: Manifests;
  readonly files: SegmentFiles;
  readonly cache: SegmentCache;
  readonly clock: () => number;
  readonly newSegmentId: (experimentId: string) => string;
}

/** Searches that read a retired segment are over by then: a function ends after 30 s. */
const GRACE_MS = 10 * 60_000;
/** A segment that no manifest names by then was left by an archiver that died. */
const ORPHAN_MS = 24 * 3_600_000;

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

  const sweepRetired = async (experimentId: string, manifest: Manifest) => {
    const retired = manifest.retired.filter(({ retiredAt }) => retiredAt < clock() - GRACE_MS).map(({ id }) => id);
    if (retired.length === 0) return;
    await files.remove(retired);
    const gone = new Set(retired);
    await manifests.change(experimentId, (current) => withoutRetired(current, gone));
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
    sweepRetired: async (experimentId) => {
      await sweepRetired(experimentId, await manifests.read(experimentId));
    },
    sweep: async (experimentId) => {
      const manifest = await manifests.read(experimentId);
      await sweepRetired(experimentId, manifest);
      const known = new Set([...manifest.segments, ...manifest.retired].map(({ id }) => id));
      const old = await files.listOlder(experimentId, clock() - ORPHAN_MS);
      await files.remove(old.filter((id) => !known.has(id)));
    },
  };
}
