import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { RunReader, RunRecord } from '../dynamo/run-reader.ts';
import { RUN_ID } from '../segments/column.ts';
import type { Segment } from '../segments/segment.ts';
import { SegmentCorrupt } from '../segments/segment-corrupt.ts';
import { inParallel } from './in-parallel.ts';
import type { Manifest } from './manifest.ts';
import type { Manifests } from './manifests.ts';
import { type Owners, ownersOf } from './owners.ts';
import type { SegmentCache } from './segment-cache.ts';

/** All runs of an experiment at one moment: each stands among the live ones, or else in one row that is not replaced. */
export interface AllRuns {
  readonly live: readonly RunRecord[];
  /** Theirs, and those of runs that are being removed: they hide their rows in the segments. */
  readonly liveIds: ReadonlySet<string>;
  readonly segments: readonly Segment[];
  /** Of each segment. */
  readonly segmentIds: readonly string[];
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

  const readLive = async (experimentId: string): Promise<LiveAndManifest> => {
    const revisionBefore = lastRevisions.get(experimentId);
    const live = await liveRuns.list(experimentId);
    const manifest = await manifests.read(experimentId);
    remember(lastRevisions, experimentId, manifest.revision);
    const wasQuiet = manifest.pending === undefined && manifest.revision === revisionBefore;
    return { live, manifest, wasQuiet };
  };

  /**
   * A query that overlaps a move may have seen a run's document and not its last values: such runs are read again. Only
   * those that have a row can have moved.
   */
  const mendTorn = async (live: readonly RunRecord[], segments: readonly Segment[]): Promise<readonly RunRecord[]> => {
    const looksTorn = ({ run, isArchived, latest }: RunRecord) => !run.removal && !isArchived && latest.length === 0;
    const hasRow = live.some(looksTorn) ? await rowFinder(segments) : () => false;
    return inParallel(live, READS_AT_ONCE, async (record) => {
      const { runId } = record.run;
      return looksTorn(record) && hasRow(runId) ? ((await reader.readRun(runId)) ?? record) : record;
    });
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
    const { live, manifest, wasQuiet } = await readLive(experimentId);
    try {
      const segments = await Promise.all(manifest.segments.map(cache.open));
      const owners = await ownersIn(experimentId, manifest, segments);
      const whole = wasQuiet ? live : await mendTorn(live, segments);
      const liveIds = new Set(whole.map(({ run }) => run.runId));
      const segmentIds = manifest.segments.map(({ id }) => id);
      const liveRecords = whole.filter(({ run }) => !run.removal);
      return { done: await read({ live: liveRecords, liveIds, segments, segmentIds, owners }) };
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

interface LiveAndManifest {
  readonly live: readonly RunRecord[];
  readonly manifest: Manifest;
  /** Whether no run can have moved while the live ones were read. */
  readonly wasQuiet: boolean;
}

/** Makes the function that tells whether a run has a row in one of the segments. */
async function rowFinder(segments: readonly Segment[]): Promise<(runId: string) => boolean> {
  const columns = await Promise.all(segments.map((segment) => segment.column(RUN_ID)));
  return (runId) =>
    columns.some((column) => column?.type === 'text' && Number.isInteger(column.dictionary.locate(runId)));
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  const [oldest] = map.keys();
  if (map.size >= MAX_KNOWN && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
