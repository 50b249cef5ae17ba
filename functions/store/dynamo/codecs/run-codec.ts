import type { DatasetLink, Run, RunStatus, TextMap } from '../../../domain/entities.ts';
import type { DocumentCodec } from '../documents.ts';
import { markItem } from '../marks.ts';
import { int64FromJson, int64ToJson } from './int64-text.ts';

/** Keys and values in turn. */
type StoredMap = readonly string[];
type StoredInt64 = number | string;

/** By place: active, deleted, and how far garbage collection is. */
const STAGES = [
  { stage: 'active' },
  { stage: 'deleted' },
  { stage: 'deleted', removal: 'begun' },
  { stage: 'deleted', removal: 'emptied' },
] as const;

type StoredStage = 0 | 1 | 2 | 3;

const storedStage = ({ stage, removal }: Run): StoredStage => {
  if (removal !== undefined) return removal === 'begun' ? 2 : 3;
  return stage === 'deleted' ? 1 : 0;
};

/** A run as JSON has it: by place, for a search pays for the bytes of every live run. */
export type StoredRun = readonly [
  runId: string,
  experimentId: string,
  runName: string,
  userId: string,
  status: RunStatus,
  startTime: StoredInt64,
  endTime: StoredInt64 | null,
  artifactUri: string,
  stage: StoredStage,
  stageGeneration: number,
  deletedTime: number | null,
  params: StoredMap,
  tags: StoredMap,
  ...links: StoredLinks,
];

/** Left out by a run that links to nothing. */
type StoredLinks =
  | readonly []
  | readonly [
      datasets: readonly DatasetLink[],
      modelInputs: readonly string[],
      modelOutputs: readonly (readonly [string, StoredInt64])[],
    ];

/** Gives what is written of a run. */
export const storedRun = (run: Run): StoredRun => [
  run.runId,
  run.experimentId,
  run.runName,
  run.userId,
  run.status,
  int64ToJson(run.startTime),
  run.endTime === undefined ? null : int64ToJson(run.endTime),
  run.artifactUri,
  storedStage(run),
  run.stageGeneration,
  run.deletedTime ?? null,
  [...run.params].flat(),
  [...run.tags].flat(),
  ...storedLinks(run),
];

function storedLinks({ datasets, modelInputs, modelOutputs }: Run): StoredLinks {
  if (datasets.length + modelInputs.length + modelOutputs.length === 0) return [];
  return [datasets, modelInputs, modelOutputs.map(({ modelId, step }) => [modelId, int64ToJson(step)] as const)];
}

/** Gives the run that storedRun was given. */
export function runOfStored(stored: StoredRun): Run {
  const [runId, experimentId, runName, userId, status, startTime, endTime, artifactUri, stage] = stored;
  const [, , , , , , , , , stageGeneration, deletedTime, params, tags, ...links] = stored;
  const [datasets = [], modelInputs = [], modelOutputs = []] = links;
  return {
    runId,
    experimentId,
    runName,
    userId,
    status,
    startTime: int64FromJson(startTime),
    endTime: endTime === null ? undefined : int64FromJson(endTime),
    artifactUri,
    ...STAGES[stage],
    stageGeneration,
    deletedTime: deletedTime ?? undefined,
    params: mapOf(params),
    tags: mapOf(tags),
    datasets,
    modelInputs,
    modelOutputs: modelOutputs.map(([modelId, step]) => ({ modelId, step: int64FromJson(step) })),
  };
}

function mapOf(stored: StoredMap): TextMap {
  const map = new Map<string, string>();
  for (let at = 0; at < stored.length; at += 2) map.set(stored[at] ?? '', stored[at + 1] ?? '');
  return map;
}

/** The run's own stage mark stands beside the JSON, so that a writer of metrics reads it without params and tags. */
export const runCodec: DocumentCodec<Run> = {
  encode: (run) => JSON.stringify(storedRun(run)),
  // The table holds what encode wrote.
  decode: (json) => runOfStored(JSON.parse(json) as StoredRun),
  extra: markItem,
};
