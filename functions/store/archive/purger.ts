import { homeOfRun, runDocumentKey } from '../dynamo/keys.ts';
import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { Marks } from '../dynamo/marks.ts';
import type { Table } from '../dynamo/table.ts';
import { RUN_ID } from '../segments/column.ts';
import { mergeSegments } from '../segments/merge-segments.ts';
import { openSegment } from '../segments/open-segment.ts';
import type { Segment } from '../segments/segment.ts';
import { sourceOfBytes } from '../segments/segment-source.ts';
import { type Manifest, type SegmentEntry, withReplaced } from './manifest.ts';
import type { Manifests } from './manifests.ts';
import { isReplaced, type Owners, ownersOf } from './owners.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { SegmentFiles } from './segment-files.ts';

/**
 * Forgets the runs of an experiment that garbage collection has emptied; gives whether it did, which it leaves to somebody
 * with more time when segments of more than `maxRows` rows would have to be written again.
 */
export type Purge = (experimentId: string, maxRows?: number) => Promise<boolean>;

export interface PurgeProps {
  readonly table: Table;
  readonly marks: Marks;
  readonly manifests: Manifests;
  readonly files: SegmentFiles;
  readonly cache: SegmentCache;
  readonly liveRuns: LiveRuns;
  readonly rollForward: (experimentId: string) => Promise<void>;
  readonly clock: () => number;
  readonly newSegmentId: (experimentId: string) => string;
}

/** Archivers and mergers may be at work meanwhile. */
const MAX_TRIES = 8;

/**
 * What is left of an emptied run is a live document that hides its rows. It goes last:
 *
 *   purge      reads emptied E ── manifest r ── writes segments without E ── manifest r+1 ── deletes E
 *   archiver         reads manifest r, then a run before it was deleted ── names a segment with it: refused, r is over
 *
 * So there is a new revision even when no segment has to be written again. Who reads live runs before E goes and the
 * manifest afterwards finds no row of them either way.
 */
export function createPurge(props: PurgeProps): Purge {
  const { table, marks, manifests, files, cache, liveRuns, rollForward, clock, newSegmentId } = props;

  const readManifest = async (experimentId: string): Promise<Manifest> => {
    const manifest = await manifests.read(experimentId);
    if (manifest.pending === undefined) return manifest;
    await rollForward(experimentId);
    return manifests.read(experimentId);
  };

  const writeWithout = async (experimentId: string, stale: Stale): Promise<SegmentEntry | undefined> => {
    const bytes = await mergeSegments([stale.segment], {
      isDropped: (_, runId) => stale.isDropped(runId),
      isComplete: false,
    });
    const { rowCount } = await openSegment(sourceOfBytes(bytes));
    if (rowCount === 0) return undefined;
    const entry = { id: newSegmentId(experimentId), rowCount, sizeBytes: bytes.length };
    await files.put(entry.id, bytes);
    return entry;
  };

  /** Takes the rows of runs out of the segments; false when the manifest has changed meanwhile. */
  const dropRows = async (experimentId: string, { revision }: Manifest, stale: readonly Stale[]) => {
    const replacements = new Map<string, SegmentEntry | undefined>();
    for (const one of stale) replacements.set(one.entry.id, await writeWithout(experimentId, one));
    cache.trim();
    const replaced = (current: Manifest) => withReplaced(current, replacements, clock());
    if (await manifests.change(experimentId, replaced, revision)) return true;
    await files.remove([...replacements.values()].flatMap((entry) => entry?.id ?? []));
    return false;
  };

  const forget = async (experimentId: string, runIds: readonly string[]) => {
    const keys = runIds.flatMap((runId) => {
      const home = homeOfRun(runId);
      return home ? runDocumentKey(home, runId) : [];
    });
    try {
      await table.writeMany([], keys);
    } finally {
      for (const key of keys) marks.forget(key);
      for (const runId of runIds) liveRuns.touch(experimentId, runId);
    }
  };

  return async (experimentId, maxRows = Number.POSITIVE_INFINITY) => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const live = await liveRuns.list(experimentId);
      const emptied = live.flatMap(({ run }) => (run.removal === 'emptied' ? run.runId : []));
      if (emptied.length === 0) return true;
      const manifest = await readManifest(experimentId);
      const stale = manifest.pending ? [] : await staleSegments(manifest, cache, new Set(emptied));
      if (sumOfRows(stale) > maxRows) return false;
      if (manifest.pending || !(await dropRows(experimentId, manifest, stale))) continue;
      await forget(experimentId, emptied);
      return true;
    }
    return false;
  };
}

/** A segment with rows of runs that are to go. */
interface Stale {
  readonly entry: SegmentEntry;
  readonly segment: Segment;
  readonly isDropped: (runId: string) => boolean;
}

const sumOfRows = (stale: readonly Stale[]): number => stale.reduce((sum, { entry }) => sum + entry.rowCount, 0);

async function staleSegments({ segments: entries }: Manifest, cache: SegmentCache, gone: ReadonlySet<string>) {
  const segments = await Promise.all(entries.map(cache.open));
  const owners = await ownersOf(segments);
  const all = entries.map(async (entry, index): Promise<readonly Stale[]> => {
    const segment = segments[index];
    if (segment === undefined || !(await hasAnyOf(segment, gone))) return [];
    return [{ entry, segment, isDropped: droppedFrom(index, owners, gone) }];
  });
  return (await Promise.all(all)).flat();
}

const droppedFrom = (index: number, owners: Owners, gone: ReadonlySet<string>) => (runId: string) =>
  gone.has(runId) || isReplaced(owners, index, runId);

async function hasAnyOf(segment: Segment, runIds: ReadonlySet<string>): Promise<boolean> {
  const column = await segment.column(RUN_ID);
  if (column?.type !== 'text') return false;
  return [...runIds].some((runId) => Number.isInteger(column.dictionary.locate(runId)));
}
