import type { OnDamaged } from '../archive/archived-runs.ts';
import { archivedDocuments, createArchive } from '../archive/index.ts';
import type { SegmentFiles } from '../archive/segment-files.ts';
import { createUpkeep, type QuietTimes, type Upkeep } from '../archive/upkeep.ts';
import { createWorkList, type WorkList } from '../archive/work-list.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { Removals } from '../removals.ts';
import type { NewExperiment, Store } from '../store.ts';
import { translateErrors } from '../translate-errors.ts';
import type { DynamoClient } from './client/operations.ts';
import { experimentCodec } from './codecs/experiment-codec.ts';
import { runCodec } from './codecs/run-codec.ts';
import { createDatasetVerbs } from './datasets.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { createExperimentVerbs } from './experiments.ts';
import { toMlflowError } from './failures.ts';
import { createIdentityStore } from './identity/index.ts';
import { keepLiveRuns, type LiveRuns, readLiveRuns } from './live-runs.ts';
import { createLoggedModelVerbs } from './logged-models.ts';
import { createMarks } from './marks.ts';
import { combineAppended } from './metrics/appended-items.ts';
import { createMetricVerbs } from './metrics.ts';
import { asOneOfMany, asOnlyWriter } from './only-writer/index.ts';
import { readKeptRun } from './only-writer/read-kept-run.ts';
import type { WriteLateProps } from './only-writer/write-late.ts';
import type { OpenRegistry } from './registry.ts';
import { createExperimentRemoval } from './removal/experiment-removal.ts';
import { createModelRemoval } from './removal/model-removal.ts';
import { createRunRemoval } from './removal/run-removal.ts';
import { createRetry } from './retry.ts';
import { createRunReader } from './run-reader.ts';
import { createRunVerbs } from './runs.ts';
import { createViewVerbs } from './saved-views.ts';
import { createSecretVerbs } from './secrets.ts';
import { openTable } from './table.ts';

export interface DynamoStoreProps {
  readonly client: DynamoClient;
  readonly tableName: string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly randomHex: (digits: number) => string;
  readonly newSortableId: () => string;
  readonly defaultExperiment: NewExperiment;
  /** Whether no other process writes to the table: then what was read of runs and experiments is kept. */
  readonly isOnlyWriter: boolean;
  /** The only writer's journal, by which writes are acknowledged before the table has them. @default none */
  readonly lateWrites?: WriteLateProps | undefined;
  /** Where the segments of archived runs lie. */
  readonly files: SegmentFiles;
  readonly clock: () => number;
  readonly quietTimes: QuietTimes;
  /** Hears of each write to a run, once that has come to an end. */
  readonly onRunWritten?: (experimentId: string, runId: string) => void;
  /** Opens the model registry. */
  readonly openRegistry: OpenRegistry;
  /** Whether all that webhooks may hear of goes to the event bus, too. @default false */
  readonly hasEventBus?: boolean;
  /** Hears when there may be something to deliver to webhooks. */
  readonly onQueued?: () => void;
  /** Columns of segments that are kept in memory. */
  readonly maxCacheBytes: number;
  readonly onDamaged: OnDamaged;
}

/** The store, and what is to be done for it beside the requests. */
export interface DynamoStore {
  readonly store: Store;
  readonly identity: IdentityStore;
  readonly upkeep: Upkeep;
  readonly workList: WorkList;
  readonly removals: Removals;
  /** Resolves when the table has all that was acknowledged before: at once, but for late writes. */
  readonly settle: () => Promise<void>;
}

/** The store on one DynamoDB table. The client's own retries carry over throttling; ours settle races. */
export function createDynamoStore(props: DynamoStoreProps): DynamoStore {
  const retry = createRetry(props.sleep, props.random);
  const opened = openTable(props.client, props.tableName, retry);
  const wayToWrite = props.isOnlyWriter
    ? asOnlyWriter({ table: opened, retry, combine: combineAppended }, props.lateWrites)
    : asOneOfMany(opened);
  const { table, inTurn, keepsItems, settle } = wayToWrite;
  const marks = createMarks(table, props.isOnlyWriter);
  const platform: DocumentPlatform = {
    table,
    retry,
    newWriteId: () => props.randomHex(16),
    marks,
    inTurn,
  };
  const runs = createDocuments(runCodec, platform);
  const archive = archivedDocuments(platform);
  const fromTable = createRunReader({ table, runs, archive });
  const reader = props.isOnlyWriter ? readKeptRun(fromTable, table, runs) : fromTable;
  const liveRuns = withListener(props.isOnlyWriter ? keepLiveRuns(reader) : readLiveRuns(reader), props.onRunWritten);
  const writer = { table, retry, inTurn, keepsItems, onAdvanced: liveRuns.touch };
  const { archivedRuns, revive, manifests, purge, ...keeping } = createArchive({
    ...props,
    platform,
    runs,
    archive,
    reader,
    liveRuns,
    writer,
  });
  const access = createExperimentVerbs(platform, props);
  const verbs: Store = {
    ...access.verbs,
    ...createRunVerbs({ ...props, platform, documents: runs, reader, liveRuns, archivedRuns, revive }),
    ...createMetricVerbs(writer, {
      revive,
      reader,
      marks,
      newSortableId: props.newSortableId,
      newWriteId: platform.newWriteId,
    }),
    ...createDatasetVerbs(platform),
    ...createLoggedModelVerbs(platform, props),
    ...props.openRegistry(platform, props),
    ...createViewVerbs(platform, props.randomHex),
    ...createSecretVerbs(table, props.randomHex),
  };
  const upkeep = createUpkeep({ ...props, ...keeping, purge, liveRuns, packMetrics: verbs.packMetrics });
  const experiments = createDocuments(experimentCodec, platform);
  const removals: Removals = {
    ...createRunRemoval({ platform, documents: runs, experiments, reader, liveRuns, purge }),
    ...createModelRemoval(platform, experiments),
    ...createExperimentRemoval({ platform, documents: experiments, access, liveRuns, manifests, files: props.files }),
  };
  return {
    store: translateErrors(verbs, toMlflowError),
    identity: translateErrors(createIdentityStore(platform), toMlflowError),
    upkeep: translateErrors(upkeep, toMlflowError),
    workList: translateErrors(createWorkList(table), toMlflowError),
    removals: translateErrors(removals, toMlflowError),
    settle,
  };
}

/** Lets someone else hear, too, of writes to runs. Moves to the archive are none. */
const withListener = (liveRuns: LiveRuns, listen: DynamoStoreProps['onRunWritten']): LiveRuns =>
  listen
    ? {
        ...liveRuns,
        touch: (experimentId, runId) => {
          liveRuns.touch(experimentId, runId);
          listen(experimentId, runId);
        },
      }
    : liveRuns;
