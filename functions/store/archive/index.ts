import type { Run } from '../../domain/entities.ts';
import { archivedRunCodec } from '../dynamo/codecs/archived-run-codec.ts';
import { createDocuments, type DocumentPlatform, type Documents } from '../dynamo/documents.ts';
import type { LatestWriter } from '../dynamo/latest.ts';
import type { LiveRuns } from '../dynamo/live-runs.ts';
import type { RunReader } from '../dynamo/run-reader.ts';
import type { ArchivedRun } from '../segments/archived-run.ts';
import { type ArchivedRuns, createArchivedRuns, type OnDamaged } from './archived-runs.ts';
import { type Archiver, createArchiver } from './archiver.ts';
import { type Compactor, createCompactor } from './compactor.ts';
import { createManifests, type Manifests } from './manifests.ts';
import { createRunMover } from './move-runs.ts';
import { createPurge, type Purge } from './purger.ts';
import { createRebuild, type Rebuild } from './rebuilder.ts';
import { createRevive, type Revive } from './revive-run.ts';
import { createSegmentCache } from './segment-cache.ts';
import type { SegmentFiles } from './segment-files.ts';

/** The archive of runs: the lower level of a log-structured merge tree whose upper one are the live runs. */
export interface Archive {
  readonly archivedRuns: ArchivedRuns;
  readonly revive: Revive;
  readonly archiver: Archiver;
  readonly compactor: Compactor;
  readonly manifests: Manifests;
  readonly purge: Purge;
  readonly rebuild: Rebuild;
}

export interface ArchiveProps {
  readonly platform: DocumentPlatform;
  readonly files: SegmentFiles;
  readonly runs: Documents<Run>;
  readonly archive: Documents<ArchivedRun>;
  readonly reader: RunReader;
  readonly liveRuns: LiveRuns;
  readonly writer: LatestWriter;
  readonly isOnlyWriter: boolean;
  readonly clock: () => number;
  readonly newSortableId: () => string;
  /** Columns of segments that are kept in memory. */
  readonly maxCacheBytes: number;
  readonly onDamaged: OnDamaged;
}

/** AWS ends a function after 15 minutes. */
const MAX_ARCHIVER_MS = 20 * 60_000;

/** Documents of archived runs. */
export const archivedDocuments = (platform: DocumentPlatform): Documents<ArchivedRun> =>
  createDocuments(archivedRunCodec, platform);

export function createArchive(props: ArchiveProps): Archive {
  const { platform, files, runs, archive, reader, liveRuns, writer, isOnlyWriter, clock } = props;
  const manifests = createManifests(platform, isOnlyWriter);
  const cache = createSegmentCache(files, props.maxCacheBytes);
  const mover = createRunMover({ ...platform, runs, archive, reader, liveRuns });
  const revive = createRevive({ writer, marks: platform.marks, runs, archive, liveRuns });
  const newSegmentId = (experimentId: string) => `${experimentId}/${props.newSortableId()}`;
  const shared = { manifests, files, cache, reader, liveRuns, clock, newSegmentId };
  const archiver = createArchiver({ ...shared, mover, revive });
  return {
    archivedRuns: createArchivedRuns({ ...shared, onDamaged: props.onDamaged }),
    revive,
    archiver,
    compactor: createCompactor(shared),
    manifests,
    purge: createPurge({ ...shared, ...platform, rollForward: archiver.rollForward }),
    rebuild: createRebuild({
      ...shared,
      rollForward: archiver.rollForward,
      maxArchiverMs: isOnlyWriter ? 0 : MAX_ARCHIVER_MS,
    }),
  };
}
