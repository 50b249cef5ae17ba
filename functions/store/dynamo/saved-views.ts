import { experimentOfView, viewIdFor } from '../../domain/saved-view.ts';
import type { ViewStore } from '../view-store.ts';
import { viewCodec } from './codecs/view-codec.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { type Key, viewKey, viewsPrefix } from './keys.ts';

const ID_DIGITS = 16;

/** Saved views: a partition for each experiment, read when its page is opened. */
export function createViewVerbs(platform: DocumentPlatform, randomHex: (digits: number) => string): ViewStore {
  const { table, inTurn } = platform;
  const views = createDocuments(viewCodec, platform);

  const keyOfView = (viewId: string): Key | undefined => {
    const experimentId = experimentOfView(viewId);
    return experimentId === undefined ? undefined : viewKey(experimentId, viewId);
  };

  return {
    newViewId: (experimentId) => viewIdFor(experimentId, randomHex(ID_DIGITS)),
    createView: (view) => views.create(viewKey(view.experimentId, view.viewId), view),
    findView: async (viewId) => {
      const key = keyOfView(viewId);
      return key && views.find(key);
    },
    listViews: async (experimentId) => views.assemble(await table.query(viewsPrefix(experimentId))),
    updateView: async (viewId, change) => {
      const key = keyOfView(viewId);
      const outcome = key && (await views.update(key, change));
      return outcome === 'taken' ? undefined : outcome;
    },
    deleteView: async (viewId) => {
      const key = keyOfView(viewId);
      if (key) await inTurn(key, () => table.writeMany([], [key]));
    },
  };
}
