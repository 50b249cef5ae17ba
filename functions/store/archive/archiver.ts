import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { RunReader, RunRecord } from '../dynamo/run-reader.ts';
import type { NewRow } from '../segments/archived-run.ts';
import { encodeSegment } from '../segments/encode-segment.ts';
import { materialise } from '../segments/materialise.ts';
import { inParallel } from './in-parallel.ts';
import { type Manifest, type SegmentEntry, withoutPending, withPending } from './manifest.ts';
import type { Manifests } from './manifests.ts';
import type { RunMover } from './move-runs.ts';
import type { Revive } from './revive-run.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { SegmentFiles } from './segment-files.ts';

/** Chooses among the live runs of an experiment those that are to be archived. */
export type ChooseRuns = (live: readonly RunRecord[]) => readonly RunRecord[];

export interface Archiver {
  /**
   * Moves live runs into new segments, of which it begins none once `isTimeUp`; gives how many runs. Throws SegmentCorrupt
   * when an unfinished segment cannot be read.
   */
  readonly archive: (experimentId: string, choose: ChooseRuns, isTimeUp: () => boolean) => Promise<number>;
  /** Finishes what an archiver that died has begun. */
  readonly rollForward: (experimentId: string) => Promise<void>;
}

export interface ArchiverProps {
  readonly manifests: Manifests;
  readonly files: SegmentFiles;
  readonly cache: SegmentCache;
  readonly reader: RunReader;
  readonly liveRuns: LiveRuns;
  readonly mover: RunMover;
  readonly revive: Revive;
  readonly clock: () => number;
  readonly newSegmentId: (experimentId: string) => string;
}

/** So long that a segment is worth a file, so short that nobody waits for its making: some 20 µs a run. */
const RUNS_PER_SEGMENT = 2_000;
/** Other archivers of the experiment may be in the way. */
const MAX_TRIES = 8;
const ROWS_AT_ONCE = 500;
const REVIVED_AT_ONCE = 8;

/**
 * Archives runs: their rows become durable in a segment, the manifest names it, and then each run moves. Whoever comes
 * after an archiver that died finishes its segment first.
 */
export function createArchiver(props: ArchiverProps): Archiver {
  const { manifests, files, cache, reader, liveRuns, mover, revive, clock, newSegmentId } = props;

  const finish = async (experimentId: string, { segments, pending }: Manifest) => {
    const entry = segments.find(({ id }) => id === pending?.id);
    if (!entry) return;
    const live = new Set((await reader.readLive(experimentId)).map(({ run }) => run.runId));
    const segment = await cache.open(entry);
    for (let start = 0; start < entry.rowCount; start += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, entry.rowCount - start);
      const rows = await materialise(
        segment,
        Array.from({ length: count }, (_, at) => start + at),
      );
      const left = rows.filter(({ run }) => live.has(run.runId));
      await inParallel(left, REVIVED_AT_ONCE, mover.settle);
    }
    await manifests.change(experimentId, (current) => withoutPending(current, entry.id));
  };

  /** Writes a segment and names it; undefined when the manifest has changed since it was read. */
  const register = async (experimentId: string, revision: number, rows: readonly NewRow[]) => {
    const bytes = encodeSegment(rows);
    const entry: SegmentEntry = { id: newSegmentId(experimentId), rowCount: rows.length, sizeBytes: bytes.length };
    await files.put(entry.id, bytes);
    const isNamed = await manifests.change(experimentId, (current) => withPending(current, entry, clock()), revision);
    if (isNamed) return entry;
    await files.remove([entry.id]);
    return undefined;
  };

  /** Archives runs segment by segment, as long as nobody else changes the manifest; gives how many. */
  const archiveAll = async (
    experimentId: string,
    rows: readonly RunRecord[],
    revision: number,
    isTimeUp: () => boolean,
  ) => {
    for (let start = 0; start < rows.length; start += RUNS_PER_SEGMENT) {
      if (isTimeUp()) return start;
      const some = rows.slice(start, start + RUNS_PER_SEGMENT);
      // Each segment before was named and settled: two changes.
      const entry = await register(experimentId, revision + (start / RUNS_PER_SEGMENT) * 2, some);
      if (!entry) return start;
      await mover.moveAll(experimentId, some);
      await manifests.change(experimentId, (current) => withoutPending(current, entry.id));
    }
    return rows.length;
  };

  return {
    rollForward: async (experimentId) => finish(experimentId, await manifests.read(experimentId)),
    archive: async (experimentId, choose, isTimeUp) => {
      for (let tries = 0; tries < MAX_TRIES && !isTimeUp(); tries += 1) {
        // Before the live runs: when a segment was named meanwhile, runs that were read may stand in it.
        const manifest = await manifests.read(experimentId);
        if (manifest.pending !== undefined) {
          await finish(experimentId, manifest);
          continue;
        }
        const live = await liveRuns.list(experimentId);
        const raced = live.filter(({ isArchived }) => isArchived);
        await inParallel(raced, REVIVED_AT_ONCE, ({ run }) => revive(run.runId));
        const rows = choose(live.filter(({ run, isArchived }) => !isArchived && !run.removal));
        if (rows.length === 0) return 0;
        const count = await archiveAll(experimentId, rows, manifest.revision, isTimeUp);
        if (count > 0) return count;
      }
      return 0;
    },
  };
}
