import { ApiError } from './api-error.ts';
import type { Page } from './experiments.ts';
import { changeMlflow, getMlflow, postMlflow } from './request.ts';
import { readEntries, type WireKeyValue } from './wire.ts';

/** All stages a version can be in (MLflow: model_version_stages.py). */
export const MODEL_STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;
export type ModelStage = (typeof MODEL_STAGES)[number];

/** A version of a registered model; times in ms since the epoch. */
export interface ModelVersion {
  readonly name: string;
  readonly version: string;
  readonly stage: ModelStage;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly description: string;
  readonly source: string;
  /** Empty when no run made it. */
  readonly runId: string;
  readonly runLink: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** A registered model; times in ms since the epoch. */
export interface RegisteredModel {
  readonly name: string;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly description: string;
  readonly tags: ReadonlyMap<string, string>;
  /** The highest version of each stage that has any. */
  readonly latestVersions: readonly ModelVersion[];
  /** Versions by alias. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** What a search for registered models asks for; `filter` and `orderBy` as MLflow reads them. */
export interface RegisteredModelSearch {
  readonly filter: string;
  readonly orderBy: readonly string[];
}

interface WireVersion {
  readonly name: string;
  readonly version: string;
  readonly creation_timestamp?: number;
  readonly last_updated_timestamp?: number;
  readonly current_stage?: ModelStage;
  readonly description?: string;
  readonly source?: string;
  readonly run_id?: string;
  readonly run_link?: string;
  readonly tags?: readonly WireKeyValue[];
}

interface WireModel {
  readonly name: string;
  readonly creation_timestamp?: number;
  readonly last_updated_timestamp?: number;
  readonly description?: string;
  readonly tags?: readonly WireKeyValue[];
  readonly latest_versions?: readonly WireVersion[];
  readonly aliases?: readonly { readonly alias: string; readonly version: string }[];
}

interface PageRequest {
  readonly size: number;
  readonly token: string | undefined;
}

/** A page of the registered models that a search finds. */
export async function searchRegisteredModels(
  { filter, orderBy }: RegisteredModelSearch,
  { size, token }: PageRequest,
  signal?: AbortSignal,
): Promise<Page<RegisteredModel>> {
  const answer = await getMlflow<{ registered_models?: readonly WireModel[]; next_page_token?: string }>(
    'registered-models/search',
    { filter: filter || undefined, order_by: orderBy, max_results: size, page_token: token },
    { signal },
  );
  return { items: (answer.registered_models ?? []).map(readModel), nextPageToken: answer.next_page_token || undefined };
}

/** One registered model. */
export async function getRegisteredModel(name: string, signal?: AbortSignal): Promise<RegisteredModel> {
  const answer = await getMlflow<{ registered_model: WireModel }>('registered-models/get', { name }, { signal });
  return readModel(answer.registered_model);
}

export const createRegisteredModel = (name: string, description: string): Promise<object> =>
  postMlflow('registered-models/create', { name, description });

/** Makes a registered model unless one of that name is there. */
export async function ensureRegisteredModel(name: string): Promise<void> {
  try {
    await createRegisteredModel(name, '');
  } catch (error) {
    // That it is there is what was wanted.
    if (!(error instanceof ApiError && error.code === 'RESOURCE_ALREADY_EXISTS')) throw error;
  }
}

export const renameRegisteredModel = (name: string, newName: string): Promise<object> =>
  postMlflow('registered-models/rename', { name, new_name: newName });

export const describeRegisteredModel = (name: string, description: string): Promise<object> =>
  changeMlflow('PATCH', 'registered-models/update', { name, description });

export const deleteRegisteredModel = (name: string): Promise<object> =>
  changeMlflow('DELETE', 'registered-models/delete', { name });

export const setRegisteredModelTag = (name: string, key: string, value: string): Promise<object> =>
  postMlflow('registered-models/set-tag', { name, key, value });

export const deleteRegisteredModelTag = (name: string, key: string): Promise<object> =>
  changeMlflow('DELETE', 'registered-models/delete-tag', { name, key });

export const setAlias = (name: string, alias: string, version: string): Promise<object> =>
  postMlflow('registered-models/alias', { name, alias, version });

export const deleteAlias = (name: string, alias: string): Promise<object> =>
  changeMlflow('DELETE', 'registered-models/alias', { name, alias });

/** A page of versions, the newest first; `filter` as MLflow reads it. */
export async function searchModelVersions(
  filter: string,
  { size, token }: PageRequest,
  signal?: AbortSignal,
): Promise<Page<ModelVersion>> {
  const answer = await getMlflow<{ model_versions?: readonly WireVersion[]; next_page_token?: string }>(
    'model-versions/search',
    { filter, order_by: ['version_number DESC'], max_results: size, page_token: token },
    { signal },
  );
  return { items: (answer.model_versions ?? []).map(readVersion), nextPageToken: answer.next_page_token || undefined };
}

/** One version. */
export async function getModelVersion(name: string, version: string, signal?: AbortSignal): Promise<ModelVersion> {
  const answer = await getMlflow<{ model_version: WireVersion }>('model-versions/get', { name, version }, { signal });
  return readVersion(answer.model_version);
}

/** Where a new version's files are and what made it. */
export interface NewVersion {
  readonly source: string;
  readonly runId: string;
  /** The logged model that becomes a version; undefined for a folder of a run. */
  readonly modelId: string | undefined;
  readonly description: string;
}

/** Makes a version and tells its number. */
export async function createModelVersion(
  name: string,
  { source, runId, modelId, description }: NewVersion,
): Promise<string> {
  const answer = await postMlflow<{ model_version: WireVersion }>('model-versions/create', {
    name,
    source,
    run_id: runId,
    model_id: modelId,
    description,
  });
  return answer.model_version.version;
}

export const describeModelVersion = (name: string, version: string, description: string): Promise<object> =>
  changeMlflow('PATCH', 'model-versions/update', { name, version, description });

export const deleteModelVersion = (name: string, version: string): Promise<object> =>
  changeMlflow('DELETE', 'model-versions/delete', { name, version });

export const setModelVersionTag = (name: string, version: string, key: string, value: string): Promise<object> =>
  postMlflow('model-versions/set-tag', { name, version, key, value });

export const deleteModelVersionTag = (name: string, version: string, key: string): Promise<object> =>
  changeMlflow('DELETE', 'model-versions/delete-tag', { name, version, key });

/** Moves a version to a stage; `archivesOthers` archives those that are there. */
export const transitionStage = (
  name: string,
  version: string,
  to: { readonly stage: ModelStage; readonly archivesOthers: boolean },
): Promise<object> =>
  postMlflow('model-versions/transition-stage', {
    name,
    version,
    stage: to.stage,
    archive_existing_versions: to.archivesOthers,
  });

const readModel = (wire: WireModel): RegisteredModel => ({
  name: wire.name,
  creationTime: Number(wire.creation_timestamp ?? 0),
  lastUpdatedTime: Number(wire.last_updated_timestamp ?? 0),
  description: wire.description ?? '',
  tags: readEntries(wire.tags),
  latestVersions: (wire.latest_versions ?? []).map(readVersion),
  aliases: new Map((wire.aliases ?? []).map(({ alias, version }) => [alias, version])),
});

const readVersion = (wire: WireVersion): ModelVersion => ({
  name: wire.name,
  version: wire.version,
  stage: wire.current_stage ?? 'None',
  creationTime: Number(wire.creation_timestamp ?? 0),
  lastUpdatedTime: Number(wire.last_updated_timestamp ?? 0),
  description: wire.description ?? '',
  source: wire.source ?? '',
  runId: wire.run_id ?? '',
  runLink: wire.run_link ?? '',
  tags: readEntries(wire.tags),
});
