import type { LoggedModel, ModelVersionView } from '../../domain/entities.ts';
import { doesNotExist, MlflowError } from '../../domain/errors.ts';
import {
  invalidSource,
  isLocalSource,
  isWithin,
  localSource,
  type OwnerField,
  parseRunsUri,
  sourceOfAnother,
  validateSourcePath,
} from '../../domain/model-source.ts';
import { type ModelUri, parseModelUri } from '../../domain/model-uri.ts';
import { isPrompt } from '../../domain/prompt.ts';
import { parseUri } from '../../domain/uri.ts';
import type { NewModelVersion } from '../../store/registry-store.ts';
import type { Store } from '../../store/store.ts';
import { getVersionByAlias } from '../registered-models/alias.ts';
import { findLatestVersions } from '../registered-models/get-latest-versions.ts';
import { getRegisteredModel } from '../registered-models/model-reference.ts';
import { getModelVersion } from './version-reference.ts';

/** Where a request says that a version's files are; undefined for what it does not say. */
export interface SourceRequest {
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

/** Where they are. */
export type Source = Pick<NewModelVersion, 'source' | 'storageLocation' | 'runId' | 'loggedModelId'>;

/**
 * Finds out where a new version's files are and what it was made from. Throws INVALID_PARAMETER_VALUE for a source that lies
 * on a disk, leaves its root, or with another run or model than the request names; RESOURCE_DOES_NOT_EXIST for a model or
 * version that is not there (MLflow: handlers.py, _create_model_version; sqlalchemy_store.py, create_model_version).
 */
export async function resolveSource(request: SourceRequest, store: Store): Promise<Source> {
  const { source } = request;
  const { scheme, authority } = parseUri(source);
  if (scheme !== 'models') return fromArtifacts(request, store);
  if (authority) throw invalidSource(source, 'Registered model sources must use the active model registry.');
  const uri = parseModelUri(source);
  if (!uri) throw sourceOfAnother(source, 'model_id');
  return uri.kind === 'loggedModel' ? fromLoggedModel(uri.modelId, request, store) : fromVersion(uri, request, store);
}

async function fromLoggedModel(id: string, { source, runId, modelId }: SourceRequest, store: Store): Promise<Source> {
  validateSourcePath(source);
  if (modelId !== id) throw sourceOfAnother(source, 'model_id');
  const model = await findModel(store, id);
  if (!model) {
    const problem = `Logged model with ID '${id}' not found.`;
    throw doesNotExist(`Unable to fetch model from model URI source artifact location '${source}'.Error: ${problem}`);
  }
  return { source, storageLocation: model.artifactUri, runId: runId || model.sourceRunId, loggedModelId: id };
}

async function fromVersion(
  uri: Exclude<ModelUri, { kind: 'loggedModel' }>,
  { source, runId, modelId }: SourceRequest,
  store: Store,
): Promise<Source> {
  const { tags } = await getRegisteredModel(store, uri.name);
  if (isPrompt(tags)) {
    throw invalidSource(source, 'Prompt versions cannot be used as model version sources.');
  }
  const { model, version } = await getNamedVersion(uri, store);
  // MLflow does not keep the logged model of a version, so that to name one is wrong.
  const isAnother = (runId !== undefined && runId !== version.runId) || Boolean(modelId);
  if (isAnother) {
    throw invalidSource(source, 'The run_id and model_id request parameters must match the referenced model version.');
  }
  const { storageLocation, loggedModelId } = version;
  const resolved = `models:/${model.name}/${version.versionNumber}`;
  return { source: resolved, storageLocation, runId: version.runId, loggedModelId };
}

async function getNamedVersion(
  uri: Exclude<ModelUri, { kind: 'loggedModel' }>,
  store: Store,
): Promise<ModelVersionView> {
  if (uri.kind === 'version') return getModelVersion(store, uri);
  if (uri.kind === 'alias') return getVersionByAlias(store, uri.name, uri.alias);
  const { name, stage } = uri;
  const latest = await findLatestVersions(store, name, stage === undefined ? [] : [stage]);
  const [highest] = latest.toSorted((a, b) => b.version.versionNumber - a.version.versionNumber);
  if (highest) return highest;
  const ofStage = stage === undefined ? '' : ` and stage '${stage}'`;
  throw doesNotExist(`No versions of model with name '${name}'${ofStage} found`);
}

async function fromArtifacts({ source, runId = '', modelId = '' }: SourceRequest, store: Store): Promise<Source> {
  const field: OwnerField = modelId ? 'model_id' : 'run_id';
  const artifactUri = (): Promise<string | undefined> =>
    modelId ? findModel(store, modelId).then((model) => model?.artifactUri) : findRunUri(store, runId);
  if (isLocalSource(source)) {
    const isNamed = modelId !== '' || runId !== '';
    throw isNamed && !(await artifactUri()) ? sourceOfAnother(source, field) : localSource(source, field);
  }
  validateSourcePath(source);
  const { scheme, authority } = parseUri(source);
  if (scheme === 'runs') {
    const isOfRun = !modelId && !authority && runId !== '' && parseRunsUri(source).runId === runId;
    if (!isOfRun) throw sourceOfAnother(source, field);
  }
  if (scheme === 'mlflow-artifacts') {
    const root = await artifactUri();
    if (!root || !isWithin(source, root)) throw sourceOfAnother(source, field);
  }
  if (!modelId) return { source, storageLocation: source, runId, loggedModelId: undefined };
  const model = await findModel(store, modelId);
  if (!model) throw doesNotExist(`Logged model with ID '${modelId}' not found.`);
  return { source, storageLocation: source, runId: runId || model.sourceRunId, loggedModelId: modelId };
}

async function findModel(store: Store, modelId: string): Promise<LoggedModel | undefined> {
  const view = await store.findLoggedModel(modelId);
  return view && !view.model.isDeleted ? view.model : undefined;
}

async function findRunUri(store: Store, runId: string): Promise<string | undefined> {
  try {
    return (await store.getRun(runId)).run.artifactUri;
  } catch (error) {
    if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
    throw error;
  }
}
