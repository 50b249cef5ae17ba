import type { DatasetLink, Run } from '../../../domain/entities.ts';
import type { DocumentCodec } from '../documents.ts';
import { markItem } from '../marks.ts';
import { int64FromJson, int64ToJson } from './int64-text.ts';

type Entries = readonly (readonly [string, string])[];
type StoredInt64 = number | string;

/** A run as JSON has it. */
export interface StoredRun
  extends Pick<Run, 'runId' | 'experimentId' | 'runName' | 'userId' | 'status' | 'artifactUri' | 'stage'> {
  readonly stageGeneration: number;
  readonly deletedTime?: number | undefined;
  readonly startTime: StoredInt64;
  readonly endTime?: StoredInt64 | undefined;
  readonly params: Entries;
  readonly tags: Entries;
  readonly datasets: readonly DatasetLink[];
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly (readonly [string, StoredInt64])[];
}

export const storedRun = (run: Run): StoredRun => ({
  ...run,
  deletedTime: run.deletedTime,
  startTime: int64ToJson(run.startTime),
  endTime: run.endTime === undefined ? undefined : int64ToJson(run.endTime),
  params: [...run.params],
  tags: [...run.tags],
  modelOutputs: run.modelOutputs.map(({ modelId, step }) => [modelId, int64ToJson(step)] as const),
});

/** Gives the run that storedRun was given. */
export const runOfStored = (stored: StoredRun): Run => ({
  ...stored,
  deletedTime: stored.deletedTime,
  startTime: int64FromJson(stored.startTime),
  endTime: stored.endTime === undefined ? undefined : int64FromJson(stored.endTime),
  params: new Map(stored.params),
  tags: new Map(stored.tags),
  modelOutputs: stored.modelOutputs.map(([modelId, step]) => ({ modelId, step: int64FromJson(step) })),
});

/** The run's own stage mark stands beside the JSON, so that a writer of metrics reads it without params and tags. */
export const runCodec: DocumentCodec<Run> = {
  encode: (run) => JSON.stringify(storedRun(run)),
  // The table holds what encode wrote.
  decode: (json) => runOfStored(JSON.parse(json) as StoredRun),
  extra: markItem,
};
