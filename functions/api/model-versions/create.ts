import { refuseForeignHost } from '../../domain/artifact-location.ts';
import type { TextMap } from '../../domain/entities.ts';
import { appendModelVersion, MODEL_VERSIONS_TAG } from '../../domain/logged-model.ts';
import { isPrompt, validatePromptSource } from '../../domain/prompt.ts';
import { validateRegisteredModelName, validateVersionTag } from '../../domain/registered-model.ts';
import { parseUri } from '../../domain/uri.ts';
import { versionCreated } from '../../domain/webhook-message.ts';
import { keyValue, requiredText, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import type { Store } from '../../store/store.ts';
import { defineOperation } from '../operation.ts';
import { modelName, noSuchModel } from '../registered-models/model-reference.ts';
import { resolveSource, type Source, type SourceRequest } from './resolve-source.ts';

const request = message({
  name: modelName,
  source: requiredText('URI of the files, such as models:/m-…, runs:/…, s3://… or models:/name/3'),
  run_id: text('Run that made the model'),
  tags: list(keyValue, 'Tags; the last of a key counts'),
  run_link: textOrEmpty('Link to the run'),
  description: textOrEmpty('Description'),
  model_id: text('Logged model that becomes a version'),
});

export const createModelVersion = defineOperation({
  method: 'POST',
  path: '/mlflow/model-versions/create',
  since: '2.0',
  request,
  handle: async (input, { store, clock, caller }) => {
    const { name, description, run_link: runLink } = input;
    const tags = new Map(input.tags.map(({ key, value }) => [key, value]));
    const source = await sourceOf({ source: input.source, runId: input.run_id, modelId: input.model_id }, tags, store);
    validateRegisteredModelName(name);
    for (const { key, value } of input.tags) validateVersionTag(key, value);
    const fresh = { ...source, description, runLink, tags, now: clock(), author: caller?.username };
    const view = await store.createModelVersion(name, fresh, ({ versionNumber }) =>
      versionCreated({ ...fresh, name, versionNumber, isPrompt: isPrompt(tags) }),
    );
    if (!view) throw noSuchModel(name);
    if (input.model_id && !isPrompt(tags)) await noteVersion(store, input.model_id, name, view.version.versionNumber);
    return { model_version: wireModelVersion(view) };
  },
});

/** A prompt lies in its tags: its source is a mere word. */
async function sourceOf(wanted: SourceRequest, tags: TextMap, store: Store): Promise<Source> {
  const { source, runId = '' } = wanted;
  if (isPrompt(tags)) validatePromptSource(source);
  refuseForeignHost(parseUri(source), 'source');
  return isPrompt(tags)
    ? { source, storageLocation: source, runId, loggedModelId: undefined }
    : resolveSource(wanted, store);
}

/** Says on the logged model that it is registered (MLflow: set_model_versions_tags). */
async function noteVersion(store: Store, modelId: string, name: string, versionNumber: number): Promise<void> {
  await store.updateLoggedModel(modelId, (model) => {
    const versions = appendModelVersion(model.tags.get(MODEL_VERSIONS_TAG), name, versionNumber);
    return { ...model, tags: new Map(model.tags).set(MODEL_VERSIONS_TAG, versions) };
  });
}
