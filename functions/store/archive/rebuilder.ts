import type { RunReader, RunRecord } from '../dynamo/run-reader.ts';
import { encodeSegment } from '../segments/encode-segment.ts';
import { SegmentCorrupt } from '../segments/segment-corrupt.ts';
import { type Manifest, type SegmentEntry, withRebuilt } from './manifest.ts';
import type { Manifests } from './manifests.ts';
import type { SegmentFiles } from './segment-files.ts';

/**
 * Makes all segments of an experiment anew from its archived documents; gives how many runs they hold. For segments that
 * are damaged or gone: the documents know all that stood in them.
 */
export type Rebuild = (experimentId: string) => Promise<number>;

export interface RebuildProps {
  readonly manifests: Manifests;
  readonly files: SegmentFiles;
  readonly reader: RunReader;
  readonly rollForward: (experimentId: string) => Promise<void>;
  readonly clock: () => number;
  /** How long an archiver may be at work on a segment; 0 when there is none beside this process. */
  readonly maxArchiverMs: number;
  readonly newSegmentId: (experimentId: string) => string;
}

const ROWS_PER_SEGMENT = 50_000;
/** An archiver may be at work meanwhile. */
const MAX_TRIES = 5;

export function createRebuild(props: RebuildProps): Rebuild {
  const { manifests, files, reader, rollForward, clock, maxArchiverMs, newSegmentId } = props;

  /** An archiver that is still at work would move runs that the new segments do not hold. */
  const endPending = async (experimentId: string): Promise<Manifest> => {
    const manifest = await manifests.read(experimentId);
    if (!manifest.pending) return manifest;
    try {
      await rollForward(experimentId);
    } catch (error) {
      const isOver = manifest.pending.since + maxArchiverMs <= clock();
      if (!(error instanceof SegmentCorrupt && isOver)) throw error;
      return manifest;
    }
    return manifests.read(experimentId);
  };

  const writeSegments = async (experimentId: string, runs: readonly RunRecord[]): Promise<readonly SegmentEntry[]> => {
    const entries: SegmentEntry[] = [];
    for (let start = 0; start < runs.length; start += ROWS_PER_SEGMENT) {
      const rows = runs.slice(start, start + ROWS_PER_SEGMENT);
      const bytes = encodeSegment(rows);
      const entry = { id: newSegmentId(experimentId), rowCount: rows.length, sizeBytes: bytes.length };
      await files.put(entry.id, bytes);
      entries.push(entry);
    }
    return entries;
  };

  return async (experimentId) => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      // Before the documents: a run that is archived while they are read must not be left out.
      const { revision } = await endPending(experimentId);
      const runs = await reader.readArchived(experimentId);
      const entries = await writeSegments(experimentId, runs);
      const rebuilt = (current: Manifest) => withRebuilt(current, entries, clock());
      if (await manifests.change(experimentId, rebuilt, revision)) return runs.length;
      await files.remove(entries.map(({ id }) => id));
    }
    throw new Error(`Experiment ${experimentId} is being archived all the time: its segments could not be rebuilt`);
  };
}
