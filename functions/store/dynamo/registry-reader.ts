import type { ModelVersion, RegisteredModel } from '../../domain/entities.ts';
import { existingVersions } from '../../domain/version-stages.ts';
import { modelVersionCodec } from './codecs/model-version-codec.ts';
import { registeredModelCodec } from './codecs/registered-model-codec.ts';
import { createDocuments, type DocumentPlatform, type Documents } from './documents.ts';
import {
  MODEL_VERSIONS,
  modelVersionKey,
  parseVersionSortKey,
  REGISTERED_MODELS,
  registeredModelKey,
  registeredModelNameKey,
  type VersionPlace,
  versionsOfModel,
} from './keys.ts';
import { type KeptWholeList, keepWhole, readWhole, type WholeList } from './whole-list.ts';

/** How the registry is read, strongly consistent. */
export interface RegistryReader {
  readonly models: Documents<RegisteredModel>;
  readonly versions: Documents<ModelVersion>;
  /** The id of the model that has a name now. */
  readonly findModelId: (name: string) => Promise<string | undefined>;
  /** The model that has a name now. */
  readonly findModel: (name: string) => Promise<RegisteredModel | undefined>;
  readonly modelList: WholeList<RegisteredModel>;
  /** All versions, also those of models that are being removed. */
  readonly versionList: WholeList<ModelVersion>;
  /** The same list where it is kept; undefined for one of many writers. */
  readonly keptVersions: KeptWholeList<ModelVersion> | undefined;
  /** All versions of a model. */
  readonly versionsOf: (model: RegisteredModel) => Promise<readonly ModelVersion[]>;
  /** Those of the versions that are there. */
  readonly readVersions: (places: readonly VersionPlace[]) => Promise<readonly ModelVersion[]>;
}

/** What a version is called in the list. */
export const versionId = ({ registeredModelId, versionNumber }: VersionPlace): string =>
  modelVersionKey(registeredModelId, versionNumber).sk;

/** Beyond so many characters, about 200 MB, versions are read anew for each search. 20,000 small ones are 20 million. */
const MAX_KEPT_CHARACTERS = 100_000_000;
/** What a model or a version takes besides its texts. */
const CHARACTERS_BESIDE = 600;
/** For fewer versions than these the only writer does not read them all. */
const MAX_BY_KEY_ALONE = 10;
/** A model with more versions is read by 16 queries, one with fewer by its versions' keys. */
const MAX_BY_KEY = 100;

export function createRegistryReader(platform: DocumentPlatform, isOnlyWriter: boolean): RegistryReader {
  const { table, retry } = platform;
  const models = createDocuments(registeredModelCodec, platform);
  const versions = createDocuments(modelVersionCodec, platform);

  const modelReader = {
    readAll: async () => models.assemble((await Promise.all(REGISTERED_MODELS.map(table.query))).flat()),
    readOne: (id: string) => models.find(registeredModelKey(id)),
    idOf: ({ registeredModelId }: RegisteredModel) => registeredModelId,
  };
  const versionReader = {
    readAll: async () => versions.assemble((await Promise.all(MODEL_VERSIONS.map(table.query))).flat()),
    readOne: (id: string) => {
      const { registeredModelId, versionNumber } = parseVersionSortKey(id);
      return versions.find(modelVersionKey(registeredModelId, versionNumber));
    },
    idOf: versionId,
  };
  const modelLimit = { charactersOf: charactersOfModel, maxCharacters: MAX_KEPT_CHARACTERS };
  const versionLimit = { charactersOf: charactersOfVersion, maxCharacters: MAX_KEPT_CHARACTERS };
  const modelList = isOnlyWriter ? keepWhole(modelReader, modelLimit) : readWhole(modelReader);
  const keptVersions = isOnlyWriter ? keepWhole(versionReader, versionLimit) : undefined;
  const versionList = keptVersions ?? readWhole(versionReader);

  const readVersions = async (places: readonly VersionPlace[]) => {
    const inMemory = await keptVersions?.byId(places.length > MAX_BY_KEY_ALONE);
    if (inMemory)
      return places.map((place) => inMemory.get(versionId(place))).filter((version) => version !== undefined);
    const keys = places.map(({ registeredModelId, versionNumber }) =>
      modelVersionKey(registeredModelId, versionNumber),
    );
    return versions.assemble(await table.getMany(keys));
  };

  const versionsOf = async ({ registeredModelId, stages }: RegisteredModel) => {
    const places = existingVersions(stages).map((versionNumber) => ({ registeredModelId, versionNumber }));
    if (places.length <= MAX_BY_KEY) return readVersions(places);
    return versions.assemble((await Promise.all(versionsOfModel(registeredModelId).map(table.query))).flat());
  };

  const findModelId = async (name: string) => (await table.get(registeredModelNameKey(name)))?.id?.S;

  return {
    models,
    versions,
    findModelId,
    findModel: (name) =>
      retry(async () => {
        const registeredModelId = await findModelId(name);
        if (registeredModelId === undefined) return { done: undefined };
        const model = await models.find(registeredModelKey(registeredModelId));
        // Between the two reads it may have been renamed or deleted.
        return model?.name === name ? { done: model } : 'again';
      }),
    modelList,
    versionList,
    keptVersions,
    versionsOf,
    readVersions,
  };
}

function charactersOfModel({ name, description, tags, stages, stageTimes }: RegisteredModel): number {
  const texts = name.length + description.length + stages.length;
  return CHARACTERS_BESIDE + texts + stageTimes.size * CHARACTERS_OF_TIME + charactersOfTags(tags);
}

/** What an entry of a Map of numbers takes. */
const CHARACTERS_OF_TIME = 20;

function charactersOfVersion({ description = '', source, storageLocation, runLink, tags }: ModelVersion): number {
  const texts = description.length + source.length + storageLocation.length + runLink.length;
  return CHARACTERS_BESIDE + texts + charactersOfTags(tags);
}

function charactersOfTags(tags: ReadonlyMap<string, string>): number {
  let characters = 0;
  for (const [key, value] of tags) characters += key.length + value.length;
  return characters;
}
