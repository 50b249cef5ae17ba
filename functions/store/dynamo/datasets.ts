import type { Dataset } from '../../domain/entities.ts';
import type { DatasetKey, Store } from '../store.ts';
import { datasetCodec } from './codecs/dataset-codec.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { datasetKey } from './keys.ts';

type DatasetVerbs = Pick<Store, 'putDatasets' | 'getDatasets'>;

const MAX_CACHED = 1000;

/** Datasets of an experiment, the first of each (name, digest). They never change, so readers keep the recent ones. */
export function createDatasetVerbs(platform: DocumentPlatform): DatasetVerbs {
  const documents = createDocuments(datasetCodec, platform);
  const cache = new Map<string, Dataset>();

  const remember = (sk: string, dataset: Dataset) => {
    const [oldest] = cache.keys();
    if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest);
    cache.set(sk, dataset);
  };

  const find = async (experimentId: string, { name, digest }: DatasetKey): Promise<Dataset | undefined> => {
    const key = datasetKey(experimentId, name, digest);
    const cacheKey = `${key.pk} ${key.sk}`;
    const cached = cache.get(cacheKey);
    if (cached) return cached;
    const dataset = await documents.find(key);
    if (dataset) remember(cacheKey, dataset);
    return dataset;
  };

  return {
    putDatasets: async (experimentId, datasets) => {
      const put = async (dataset: Dataset) => {
        // Most runs log what an earlier one has logged; a refused write would cost as much as one that is taken.
        if (await find(experimentId, dataset)) return;
        await documents.createIfAbsent(datasetKey(experimentId, dataset.name, dataset.digest), dataset);
      };
      await Promise.all(datasets.map(put));
    },
    getDatasets: async (experimentId, keys) => {
      const found = await Promise.all(keys.map((key) => find(experimentId, key)));
      return found.filter((dataset) => dataset !== undefined);
    },
  };
}
