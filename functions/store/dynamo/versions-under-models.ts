import type { ModelVersion, ModelVersionView, RegisteredModel } from '../../domain/entities.ts';
import { viewOfVersion } from '../../domain/model-version.ts';
import type { RegistryReader } from './registry-reader.ts';

type Views = readonly ModelVersionView[];

/** Versions as readers see them, under their models. */
export interface VersionsUnderModels {
  /** The same list for the same models and versions. */
  readonly views: Views;
  /** Those of one model, likewise. */
  readonly ofModel: (registeredModelId: string) => Views;
}

/** How all versions are listed, with every write that was acknowledged before the call. */
export interface VersionLister {
  readonly list: () => Promise<VersionsUnderModels>;
  /** Undefined when they are not kept in memory. */
  readonly fromMemory: () => Promise<VersionsUnderModels | undefined>;
}

interface Joined extends VersionsUnderModels {
  readonly models: readonly RegisteredModel[];
  readonly versions: readonly ModelVersion[];
  /** The view of each version in its place; undefined for one whose model is gone. */
  readonly places: readonly (ModelVersionView | undefined)[];
}

type Lists = Pick<RegistryReader, 'modelList' | 'versionList' | 'keptVersions'>;

/** Lists versions under their models; lists that are kept are put together once for all searches until something in them changes. */
export function listVersionsUnderModels({ modelList, versionList, keptVersions }: Lists): VersionLister {
  let before: Joined | undefined;

  const list = async () => {
    const [models, versions] = await Promise.all([modelList.list(), versionList.list()]);
    if (before?.models === models && before.versions === versions) return before;
    const joined = join(models, versions, before);
    before = keptVersions?.isKept() ? joined : undefined;
    return joined;
  };

  return {
    list,
    fromMemory: async () => ((await keptVersions?.byId(true)) ? list() : undefined),
  };
}

/** Puts lists together; what has changed in neither since `before` keeps its view. */
function join(models: readonly RegisteredModel[], versions: readonly ModelVersion[], before?: Joined): Joined {
  const viewOf = viewsBelow(models);
  const unchanged = new Set(models);
  const places = versions.map((version, at) => {
    const known = version === before?.versions[at] ? before.places[at] : undefined;
    return known && unchanged.has(known.model) ? known : viewOf(version);
  });
  const views = everyView(places) ? places : places.filter((view) => view !== undefined);
  let byModel: ReadonlyMap<string, Views> | undefined;
  return {
    models,
    versions,
    places,
    views,
    ofModel: (registeredModelId) => {
      byModel ??= groupByModel(views);
      return byModel.get(registeredModelId) ?? [];
    },
  };
}

/** Whether no version is without its model: the usual case, which needs no second list. */
const everyView = (places: Joined['places']): places is Views => !places.includes(undefined);

/** The versions of models that are known to be there. */
export const viewsUnderModels = (models: readonly RegisteredModel[], versions: readonly ModelVersion[]): Views =>
  versions.map(viewsBelow(models)).filter((view) => view !== undefined);

function viewsBelow(models: readonly RegisteredModel[]): (version: ModelVersion) => ModelVersionView | undefined {
  const byId = new Map(models.map((model) => [model.registeredModelId, model]));
  return (version) => {
    const model = byId.get(version.registeredModelId);
    return model && viewOfVersion(model, version);
  };
}

function groupByModel(views: Views): ReadonlyMap<string, Views> {
  const groups = new Map<string, ModelVersionView[]>();
  for (const view of views) {
    const { registeredModelId } = view.model;
    const group = groups.get(registeredModelId);
    if (group) group.push(view);
    else groups.set(registeredModelId, [view]);
  }
  return groups;
}
