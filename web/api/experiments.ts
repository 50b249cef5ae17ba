import { getMlflow, postMlflow } from './request.ts';
import { readEntries, type WireKeyValue } from './wire.ts';

/** Whether something is live, in the trash, or both are wanted. */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';
export type Stage = 'active' | 'deleted';

/** An experiment; times in ms since the epoch. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly stage: Stage;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly tags: ReadonlyMap<string, string>;
}

interface WireExperiment {
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: Stage;
  readonly creation_time?: number;
  readonly last_update_time?: number;
  readonly tags?: readonly WireKeyValue[];
}

/** A page of a list, and what asks for the next one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | undefined;
}

/** What a search for experiments asks for; `filter` and `orderBy` as MLflow reads them. */
export interface ExperimentSearch {
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly view: ViewType;
}

/** The note of an experiment, or of a run, in Markdown (MLflow: mlflow_tags.py, MLFLOW_NOTE). */
export const NOTE_TAG = 'mlflow.note.content';

/** A page of the experiments that a search finds. */
export async function searchExperiments(
  { filter, orderBy, view }: ExperimentSearch,
  page: { readonly size: number; readonly token: string | undefined },
  signal?: AbortSignal,
): Promise<Page<Experiment>> {
  const answer = await postMlflow<{ experiments?: readonly WireExperiment[]; next_page_token?: string }>(
    'experiments/search',
    { filter, order_by: orderBy, view_type: view, max_results: page.size, page_token: page.token },
    { signal },
  );
  return { items: (answer.experiments ?? []).map(readExperiment), nextPageToken: answer.next_page_token || undefined };
}

/** One experiment, live or deleted. */
export async function getExperiment(experimentId: string, signal?: AbortSignal): Promise<Experiment> {
  const { experiment } = await getMlflow<{ experiment: WireExperiment }>(
    'experiments/get',
    { experiment_id: experimentId },
    { signal },
  );
  return readExperiment(experiment);
}

/** Makes an experiment and tells its id. */
export async function createExperiment(name: string): Promise<string> {
  return (await postMlflow<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
}

export const renameExperiment = (experimentId: string, name: string): Promise<object> =>
  postMlflow('experiments/update', { experiment_id: experimentId, new_name: name });

export const deleteExperiment = (experimentId: string): Promise<object> =>
  postMlflow('experiments/delete', { experiment_id: experimentId });

export const restoreExperiment = (experimentId: string): Promise<object> =>
  postMlflow('experiments/restore', { experiment_id: experimentId });

export const setExperimentTag = (experimentId: string, key: string, value: string): Promise<object> =>
  postMlflow('experiments/set-experiment-tag', { experiment_id: experimentId, key, value });

export const deleteExperimentTag = (experimentId: string, key: string): Promise<object> =>
  postMlflow('experiments/delete-experiment-tag', { experiment_id: experimentId, key });

const readExperiment = (wire: WireExperiment): Experiment => ({
  experimentId: wire.experiment_id,
  name: wire.name,
  artifactLocation: wire.artifact_location,
  stage: wire.lifecycle_stage,
  creationTime: Number(wire.creation_time ?? 0),
  lastUpdateTime: Number(wire.last_update_time ?? 0),
  tags: readEntries(wire.tags),
});
