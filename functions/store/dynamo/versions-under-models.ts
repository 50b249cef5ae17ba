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
}

type Lists = Pick<RegistryReader, 'modelList' | 'versionList' | 'keptVersions'>;

/** Lists versions under their models; lists that are kept are put together once for all searches until something in them changes. */
export function listVersionsUnderModels({ modelList, versionList, keptVersions }: Lists): VersionLister {
  const joinedBefore = new WeakMap<readonly ModelVersion[], Joined>();

  const list = async () => {
    const [models, versions] = await Promise.all([modelList.list(), versionList.list()]);
    const before = joinedBefore.get(versions);
    if (before?.models === models) return before;
    const joined = join(models, versions);
    joinedBefore.set(versions, joined);
    return joined;
  };

  return {
    list,
    fromMemory: async () => ((await keptVersions?.byId(true)) ? list() : undefined),
  };
}

function join(models: readonly RegisteredModel[], versions: readonly ModelVersion[]): Joined {
  const views = viewsUnderModels(models, versions);
  let byModel: ReadonlyMap<string, Views> | undefined;
  return {
    models,
    views,
    ofModel: (registeredModelId) => {
      byModel ??= groupByModel(views);
      return byModel.get(registeredModelId) ?? [];
    },
  };
}

/** The versions of models that are known to be there. */
export function viewsUnderModels(models: readonly RegisteredModel[], versions: readonly ModelVersion[]): Views {
  const byId = new Map(models.map((model) => [model.registeredModelId, model]));
  const views: ModelVersionView[] = [];
  for (const version of versions) {
    const model = byId.get(version.registeredModelId);
    const view = model && viewOfVersion(model, version);
    if (view) views.push(view);
  }
  return views;
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
