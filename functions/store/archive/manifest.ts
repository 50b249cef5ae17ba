import type { DocumentCodec } from '../dynamo/documents.ts';

/** A segment that searches look at. */
export interface SegmentEntry {
  readonly id: string;
  readonly rowCount: number;
  readonly sizeBytes: number;
}

/** A segment that a merge took the place of; a search that began before may still read it. */
interface RetiredSegment {
  readonly id: string;
  /** In ms. */
  readonly retiredAt: number;
}

/** A segment whose runs are still to be moved. */
interface PendingSegment {
  readonly id: string;
  /** In ms. */
  readonly since: number;
}

/**
 * What archived runs of an experiment are searched in, in one item: a reader sees all of a change or nothing.
 *
 * A segment is `pending` from when it is named here until each of its runs has left the live ones, or has changed and
 * so hides its row. There is one pending segment at most, so no run gets into two of them as the same version.
 */
export interface Manifest {
  /** +1 with each change; 0 for a manifest that is not there yet. */
  readonly revision: number;
  readonly segments: readonly SegmentEntry[];
  readonly pending: PendingSegment | undefined;
  readonly retired: readonly RetiredSegment[];
}

export const EMPTY_MANIFEST: Manifest = { revision: 0, segments: [], pending: undefined, retired: [] };

export const manifestCodec: DocumentCodec<Manifest> = {
  encode: (manifest) => JSON.stringify(manifest),
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as Manifest;
    return { ...stored, pending: stored.pending };
  },
  extra: () => ({}),
};

/** Names a new segment, whose runs are still to be moved. */
export const withPending = (manifest: Manifest, entry: SegmentEntry, now: number): Manifest => ({
  ...manifest,
  segments: [...manifest.segments, entry],
  pending: { id: entry.id, since: now },
});

/** All runs of the segment have been moved. */
export const withoutPending = (manifest: Manifest, id: string): Manifest =>
  manifest.pending?.id === id ? { ...manifest, pending: undefined } : manifest;

/** Puts one segment in the place of others; the same manifest when these are no longer all there. */
export function withMerged(
  manifest: Manifest,
  inputs: readonly SegmentEntry[],
  merged: SegmentEntry,
  now: number,
): Manifest {
  const ids = new Set(inputs.map(({ id }) => id));
  const others = manifest.segments.filter(({ id }) => !ids.has(id));
  if (others.length !== manifest.segments.length - ids.size) return manifest;
  return {
    ...manifest,
    segments: [...others, merged],
    retired: [...manifest.retired, ...[...ids].map((id) => ({ id, retiredAt: now }))],
  };
}

/** Puts others in the place of segments, or nothing where they have no row left. A new revision even when there are none. */
export const withReplaced = (
  manifest: Manifest,
  replacements: ReadonlyMap<string, SegmentEntry | undefined>,
  now: number,
): Manifest => ({
  ...manifest,
  segments: manifest.segments.flatMap((entry) =>
    replacements.has(entry.id) ? (replacements.get(entry.id) ?? []) : entry,
  ),
  retired: [...manifest.retired, ...[...replacements.keys()].map((id) => ({ id, retiredAt: now }))],
});

/** Puts new segments in the place of all. */
export const withRebuilt = (manifest: Manifest, segments: readonly SegmentEntry[], now: number): Manifest => ({
  ...manifest,
  segments,
  pending: undefined,
  retired: [...manifest.retired, ...manifest.segments.map(({ id }) => ({ id, retiredAt: now }))],
});

/** Forgets retired segments whose files are gone. */
export function withoutRetired(manifest: Manifest, ids: ReadonlySet<string>): Manifest {
  return { ...manifest, retired: manifest.retired.filter(({ id }) => !ids.has(id)) };
}
