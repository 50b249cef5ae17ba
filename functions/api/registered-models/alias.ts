import type { ModelVersionView } from '../../domain/entities.ts';
import { doesNotExist, invalidParameter } from '../../domain/errors.ts';
import { isLatestAlias, validateAlias, validateAliasNotReserved } from '../../domain/model-alias.ts';
import { noSuchVersion, parseVersionNumber } from '../../domain/model-version.ts';
import { isPrompt } from '../../domain/prompt.ts';
import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { stageOfVersion } from '../../domain/version-stages.ts';
import { aliasChanged } from '../../domain/webhook-message.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import type { Store } from '../../store/store.ts';
import { defineOperation } from '../operation.ts';
import { findLatestVersions } from './get-latest-versions.ts';
import { changeRegisteredModel, getRegisteredModel, modelName } from './model-reference.ts';

const path = '/mlflow/registered-models/alias';
const alias = requiredText('Alias');

export const setRegisteredModelAlias = defineOperation({
  method: 'POST',
  path,
  since: '2.0',
  request: message({ name: modelName, alias, version: requiredText('Number of the version it is to stand for') }),
  handle: async ({ name, alias: wanted, version }, { store, clock }) => {
    validateRegisteredModelName(name);
    validateAlias(wanted);
    validateAliasNotReserved(wanted);
    const versionNumber = parseVersionNumber(version);
    const now = clock();
    const model = await store.updateRegisteredModel(
      name,
      (current) => {
        if (stageOfVersion(current.stages, versionNumber) === undefined) throw noSuchVersion(name, versionNumber);
        return { ...current, aliases: new Map(current.aliases).set(wanted, versionNumber) };
      },
      ({ tags }) => aliasChanged({ name, alias: wanted, version, isPrompt: isPrompt(tags), now }),
    );
    if (!model) throw noSuchVersion(name, versionNumber);
    return {};
  },
});

export const deleteRegisteredModelAlias = defineOperation({
  method: 'DELETE',
  path,
  since: '2.0',
  request: message({ name: modelName, alias }),
  handle: async ({ name, alias: unwanted }, { store, clock }) => {
    validateRegisteredModelName(name);
    validateAlias(unwanted);
    const now = clock();
    await changeRegisteredModel(
      store,
      name,
      (model) => {
        const aliases = new Map(model.aliases);
        return aliases.delete(unwanted) ? { ...model, aliases } : model;
      },
      ({ tags }) => aliasChanged({ name, alias: unwanted, version: undefined, isPrompt: isPrompt(tags), now }),
    );
    return {};
  },
});

/** The version that an alias stands for. Throws RESOURCE_DOES_NOT_EXIST without the model, INVALID_PARAMETER_VALUE without the alias, as MLflow does. */
export async function getVersionByAlias(store: Store, name: string, wanted: string): Promise<ModelVersionView> {
  validateRegisteredModelName(name);
  validateAlias(wanted);
  if (isLatestAlias(wanted)) return getLatest(store, name);
  const model = await getRegisteredModel(store, name);
  const versionNumber = model.aliases.get(wanted);
  if (versionNumber === undefined) throw invalidParameter(`Registered model alias ${wanted} not found.`);
  const [view] = await store.readModelVersions([{ model, versionNumbers: [versionNumber] }]);
  if (!view) throw noSuchVersion(name, versionNumber);
  return view;
}

async function getLatest(store: Store, name: string): Promise<ModelVersionView> {
  const latest = await findLatestVersions(store, name, []);
  const [highest] = latest.toSorted((a, b) => b.version.versionNumber - a.version.versionNumber);
  if (!highest) throw doesNotExist(`Latest version not found for model ${name}.`);
  return highest;
}

export const getModelVersionByAlias = defineOperation({
  method: 'GET',
  path,
  since: '2.0',
  request: message({ name: modelName, alias }),
  handle: async ({ name, alias: wanted }, { store }) => ({
    model_version: wireModelVersion(await getVersionByAlias(store, name, wanted)),
  }),
});
