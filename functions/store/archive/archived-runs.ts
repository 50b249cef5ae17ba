import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { RunReader, RunRecord } from '../dynamo/run-reader.ts';
import type { Segment } from '../segments/segment.ts';
import { SegmentCorrupt } from '../segments/segment-corrupt.ts';
import { inParallel } from './in-parallel.ts';
import type { Manifest } from './manifest.ts';
import type { Manifests } from './manifests.ts';
import { type Owners, ownersOf } from './owners.ts';
import type { SegmentCache } from './segment-cache.ts';

/** All runs of an experiment at one moment: each stands among the live ones, or else in one row that is not replaced. */
export interface AllRuns {
  /** They hide their rows in the segments. */
  readonly live: readonly RunRecord[];
  readonly segments: readonly Segment[];
  readonly owners: Owners;
}

/**
 * Hears of an experiment whose segments cannot be read, and why. The search waits for it before it fails: on Lambda nothing
 * runs after the answer.
 */
export type OnDamaged = (experimentId: string, damage: SegmentCorrupt) => void | Promise<void>;

export interface ArchivedRuns {
  /**
   * Reads all runs of an experiment with every write that was acknowledged before. `read` runs once more when the
   * segments have been merged away meanwhile. Throws SegmentCorrupt when a segment is damaged or gone.
   */
  readonly withAll: <T>(experimentId: string, read: (all: AllRuns) => Promise<T>) => Promise<T>;
  /** Tells of a segment that cannot be read. */
  readonly reportDamage: OnDamaged;
  /** Lets go of segments when too many are in memory. */
  readonly trim: () => void;
}

export interface ArchivedRunsProps {
  readonly manifests: Manifests;
  readonly cache: SegmentCache;
  readonly reader: RunReader;
  readonly liveRuns: LiveRuns;
  readonly onDamaged: OnDamaged;
}

const MAX_KNOWN = 10_000;
const READS_AT_ONCE = 16;

/**
 * The live runs are read first and the manifest afterwards. So a run that is not among the live ones had left them, and its
 * segment was named before that: the manifest has it, or one that it was merged into, or the row that replaces it. What
 * comes back among the live ones after they were read still has its row.
 */
export function createArchivedRuns(props: ArchivedRunsProps): ArchivedRuns {
  const { manifests, cache, reader, liveRuns, onDamaged } = props;
  const lastRevisions = new Map<string, number>();
  const ownersByManifest = new Map<string, { readonly revision: number; readonly owners: Owners }>();

  /** A query that overlaps a move may have seen a run's document and not its last values: such runs are read again. */
  const mendTorn = (live: readonly RunRecord[]): Promise<readonly RunRecord[]> =>
    inParallel(live, READS_AT_ONCE, async (record) => {
      const looksTorn = !record.isArchived && record.latest.length === 0;
      return looksTorn ? ((await reader.readRun(record.run.runId)) ?? record) : record;
    });

  const readLive = async (experimentId: string): Promise<{ live: readonly RunRecord[]; manifest: Manifest }> => {
    const revisionBefore = lastRevisions.get(experimentId);
    const live = await liveRuns.list(experimentId);
    const manifest = await manifests.read(experimentId);
    remember(lastRevisions, experimentId, manifest.revision);
    const wasQuiet =
      manifest.pending === undefined && (manifest.revision === revisionBefore || manifest.revision === 0);
    return { live: wasQuiet ? live : await mendTorn(live), manifest };
  };

  const ownersIn = async (experimentId: string, { revision }: Manifest, segments: readonly Segment[]) => {
    const known = ownersByManifest.get(experimentId);
    if (known?.revision === revision) return known.owners;
    const owners = await ownersOf(segments);
    remember(ownersByManifest, experimentId, { revision, owners });
    return owners;
  };

  /** What a search must read again, because the segments that it reads were merged into others. */
  const isOutdated = async (experimentId: string, { revision }: Manifest): Promise<boolean> =>
    (await manifests.read(experimentId)).revision !== revision;

  const tryWith = async <T>(experimentId: string, read: (all: AllRuns) => Promise<T>, isLast: boolean) => {
    const { live, manifest } = await readLive(experimentId);
    try {
      const segments = await Promise.all(manifest.segments.map(cache.open));
      const owners = await ownersIn(experimentId, manifest, segments);
      return { done: await read({ live, segments, owners }) };
    } catch (error) {
      if (!(error instanceof SegmentCorrupt)) throw error;
      if (!isLast && (await isOutdated(experimentId, manifest))) return 'again';
      await onDamaged(experimentId, error);
      throw error;
    }
  };

  return {
    withAll: async (experimentId, read) => {
      for (let tries = 1; ; tries += 1) {
        const outcome = await tryWith(experimentId, read, tries === MAX_TRIES);
        if (outcome !== 'again') return outcome.done;
      }
    },
    reportDamage: onDamaged,
    trim: cache.trim,
  };
}

const MAX_TRIES = 5;

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  const [oldest] = map.keys();
  if (map.size >= MAX_KNOWN && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
