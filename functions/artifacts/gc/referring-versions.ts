import type { RegistryStore } from '../../store/registry-store.ts';
import type { IsReferredTo } from './removing.ts';

type Versions = Pick<RegistryStore, 'listVersionsOfRun' | 'listVersionsOfLoggedModel'>;

/** Names the versions of registered models that were made from a run or a logged model: its files are theirs. */
export const referringVersions =
  ({ listVersionsOfRun, listVersionsOfLoggedModel }: Versions): IsReferredTo =>
  async ({ kind, id }) => {
    const views = await (kind === 'run' ? listVersionsOfRun(id) : listVersionsOfLoggedModel(id));
    return views.map(({ model, version }) => `version ${version.versionNumber} of registered model '${model.name}'`);
  };
