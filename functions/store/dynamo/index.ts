import type { NewExperiment, Store } from '../store.ts';
import { translateErrors } from '../translate-errors.ts';
import type { DynamoClient } from './client/operations.ts';
import { runCodec } from './codecs/run-codec.ts';
import { createDatasetVerbs } from './datasets.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { createExperimentVerbs } from './experiments.ts';
import { toMlflowError } from './failures.ts';
import { keepLiveRuns, readLiveRuns } from './live-runs.ts';
import { createLoggedModelVerbs } from './logged-models.ts';
import { createMarks } from './marks.ts';
import { createMetricVerbs } from './metrics.ts';
import { asOneOfMany, asOnlyWriter } from './only-writer/index.ts';
import { readKeptRun } from './only-writer/read-kept-run.ts';
import { createRetry } from './retry.ts';
import { createLiveRunReader, createRunVerbs } from './runs.ts';
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
}

/** The store on one DynamoDB table. The client's own retries carry over throttling; ours settle races. */
export function createDynamoStore(props: DynamoStoreProps): Store {
  const retry = createRetry(props.sleep, props.random);
  const opened = openTable(props.client, props.tableName, retry);
  const { table, inTurn, keepsItems } = props.isOnlyWriter ? asOnlyWriter(opened) : asOneOfMany(opened);
  const marks = createMarks(table, props.isOnlyWriter);
  const platform: DocumentPlatform = {
    table,
    retry,
    newWriteId: () => props.randomHex(16),
    marks,
    inTurn,
  };
  const runs = createDocuments(runCodec, platform);
  const fromTable = createLiveRunReader(table, runs);
  const reader = props.isOnlyWriter ? readKeptRun(fromTable, table, runs) : fromTable;
  const liveRuns = props.isOnlyWriter ? keepLiveRuns(reader) : readLiveRuns(reader);
  const verbs: Store = {
    ...createExperimentVerbs(platform, props.defaultExperiment),
    ...createRunVerbs({ platform, documents: runs, reader, liveRuns, randomHex: props.randomHex }),
    ...createMetricVerbs({ table, retry, inTurn, keepsItems, onAdvanced: liveRuns.touch }, props.newSortableId),
    ...createDatasetVerbs(platform),
    ...createLoggedModelVerbs(platform, props),
    ...createSecretVerbs(table, props.randomHex),
  };
  return translateErrors(verbs, toMlflowError);
}
