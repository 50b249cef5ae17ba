import type { ModelVersionView } from '../../domain/entities.ts';
import { doesNotExist, invalidParameter } from '../../domain/errors.ts';
import { isLatestAlias, validateAlias, validateAliasNotReserved } from '../../domain/model-alias.ts';
import { noSuchVersion, parseVersionNumber } from '../../domain/model-version.ts';
import { isPrompt } from '../../domain/prompt.ts';
import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { aliasChanged } from '../../domain/webhook-message.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import type { Decide } from '../../store/promotion-store.ts';
import type { Store } from '../../store/store.ts';
import { defineOperation } from '../operation.ts';
import { entering } from '../promotion/gate.ts';
import { findLatestVersions } from './get-latest-versions.ts';
import { getRegisteredModel, modelName, noSuchModel } from './model-reference.ts';

const path = '/mlflow/registered-models/alias';
const alias = requiredText('Alias');

export const setRegisteredModelAlias = defineOperation({
  method: 'POST',
  path,
  since: '2.0',
  request: message({ name: modelName, alias, version: requiredText('Number of the version it is to stand for') }),
  handle: async ({ name, alias: wanted, version }, services, facts) => {
    const { store, clock } = services;
    validateRegisteredModelName(name);
    validateAlias(wanted);
    validateAliasNotReserved(wanted);
    const versionNumber = parseVersionNumber(version);
    const now = clock();
    const target = { kind: 'alias', alias: wanted } as const;
    const decide = entering(services, facts, { versionNumber, target, archivesOthers: false, now, comment: '' });
    const model = await store.placeVersions(name, decide, ({ tags }) =>
      aliasChanged({ name, alias: wanted, version, isPrompt: isPrompt(tags), now }),
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
  handle: async ({ name, alias: unwanted }, { store, clock, caller }) => {
    validateRegisteredModelName(name);
    validateAlias(unwanted);
    const now = clock();
    const removing: Decide = async ({ model }) => {
      const aliases = new Map(model.aliases);
      const next = aliases.delete(unwanted) ? { ...model, aliases } : model;
      return {
        model: next,
        record: { kind: 'direct', by: caller?.username, time: now, comment: '', undoes: undefined },
      };
    };
    const found = await store.placeVersions(name, removing, ({ tags }) =>
      aliasChanged({ name, alias: unwanted, version: undefined, isPrompt: isPrompt(tags), now }),
    );
    if (!found) throw noSuchModel(name);
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
