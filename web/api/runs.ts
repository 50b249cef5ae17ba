import type { Stage, ViewType } from './experiments.ts';
import { getMlflow, measureMlflow, postMlflow } from './request.ts';
import { readDouble, readEntries, shared, type WireKeyValue } from './wire.ts';

/** All states a run can be in (MLflow: RunStatus). */
export const RUN_STATUSES = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** The last value of a metric; `timestamp` in ms since the epoch. */
export interface LatestMetric {
  readonly value: number;
  readonly step: number;
  readonly timestamp: number;
}

/** A dataset that a run used. */
export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string;
  readonly profile: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** A logged model that a run made, and the step it was made at. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

/** A run; times in ms since the epoch, maps as they were logged. */
export interface Run {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  readonly startTime: number;
  readonly endTime: number | undefined;
  readonly artifactUri: string;
  readonly stage: Stage;
  readonly metrics: ReadonlyMap<string, LatestMetric>;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly datasets: readonly DatasetInput[];
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly ModelOutput[];
}

/** What a search for runs asks for; `filter` and `orderBy` as MLflow reads them. */
export interface RunSearch {
  readonly experimentIds: readonly string[];
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly view: ViewType;
}

/** A page of runs, what it weighs, and what asks for the next one. */
export interface RunPage {
  readonly runs: readonly Run[];
  readonly nextPageToken: string | undefined;
  readonly sizeBytes: number;
}

/** A page of the runs that a search finds. */
export async function searchRuns(
  { experimentIds, filter, orderBy, view }: RunSearch,
  page: { readonly size: number; readonly token?: string | undefined },
  signal?: AbortSignal,
): Promise<RunPage> {
  const { body, sizeBytes } = await measureMlflow<{ runs?: readonly WireRun[]; next_page_token?: string }>(
    'runs/search',
    {
      experiment_ids: experimentIds,
      filter,
      order_by: orderBy,
      run_view_type: view,
      max_results: page.size,
      page_token: page.token,
    },
    { signal },
  );
  return { runs: (body.runs ?? []).map(readRun), nextPageToken: body.next_page_token || undefined, sizeBytes };
}

/** One run with all it holds, live or deleted. */
export async function getRun(runId: string, signal?: AbortSignal): Promise<Run> {
  return readRun((await getMlflow<{ run: WireRun }>('runs/get', { run_id: runId }, { signal })).run);
}

export const renameRun = (runId: string, runName: string): Promise<object> =>
  postMlflow('runs/update', { run_id: runId, run_name: runName });

export const setRunTag = (runId: string, key: string, value: string): Promise<object> =>
  postMlflow('runs/set-tag', { run_id: runId, key, value });

export const deleteRunTag = (runId: string, key: string): Promise<object> =>
  postMlflow('runs/delete-tag', { run_id: runId, key });

export const deleteRun = (runId: string): Promise<object> => postMlflow('runs/delete', { run_id: runId });

export const restoreRun = (runId: string): Promise<object> => postMlflow('runs/restore', { run_id: runId });

interface WireRun {
  readonly info: {
    readonly run_id: string;
    readonly run_name?: string;
    readonly experiment_id: string;
    readonly user_id?: string;
    readonly status: RunStatus;
    readonly start_time?: number;
    readonly end_time?: number;
    readonly artifact_uri?: string;
    readonly lifecycle_stage: Stage;
  };
  readonly data?: {
    readonly metrics?: readonly WireMetric[];
    readonly params?: readonly WireKeyValue[];
    readonly tags?: readonly WireKeyValue[];
  };
  readonly inputs?: {
    readonly dataset_inputs?: readonly WireDatasetInput[];
    readonly model_inputs?: readonly { readonly model_id: string }[];
  };
  readonly outputs?: { readonly model_outputs?: readonly { readonly model_id: string; readonly step?: number }[] };
}

interface WireMetric {
  readonly key: string;
  readonly value?: number | string;
  readonly timestamp?: number;
  readonly step?: number;
}

interface WireDatasetInput {
  readonly tags?: readonly WireKeyValue[];
  readonly dataset: {
    readonly name: string;
    readonly digest: string;
    readonly source_type?: string;
    readonly source?: string;
    readonly schema?: string;
    readonly profile?: string;
  };
}

function readRun({ info, data, inputs, outputs }: WireRun): Run {
  return {
    runId: info.run_id,
    runName: info.run_name ?? '',
    experimentId: shared(info.experiment_id),
    userId: shared(info.user_id ?? ''),
    status: info.status,
    startTime: Number(info.start_time ?? 0),
    endTime: info.end_time ? Number(info.end_time) : undefined,
    artifactUri: info.artifact_uri ?? '',
    stage: info.lifecycle_stage,
    metrics: readMetrics(data?.metrics),
    params: readEntries(data?.params),
    tags: readEntries(data?.tags),
    datasets: (inputs?.dataset_inputs ?? []).map(readDatasetInput),
    modelInputs: (inputs?.model_inputs ?? []).map(({ model_id }) => model_id),
    modelOutputs: (outputs?.model_outputs ?? []).map(({ model_id, step = 0 }) => ({ modelId: model_id, step })),
  };
}

const readMetrics = (metrics: readonly WireMetric[] = []): ReadonlyMap<string, LatestMetric> =>
  new Map(
    metrics.map(({ key, value, step = 0, timestamp = 0 }) => [
      shared(key),
      { value: readDouble(value), step, timestamp },
    ]),
  );

const readDatasetInput = ({ tags, dataset }: WireDatasetInput): DatasetInput => ({
  name: dataset.name,
  digest: dataset.digest,
  sourceType: dataset.source_type ?? '',
  source: dataset.source ?? '',
  schema: dataset.schema ?? '',
  profile: dataset.profile ?? '',
  tags: readEntries(tags),
});
