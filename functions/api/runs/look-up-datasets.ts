import type { Dataset, DatasetLink, RunView } from '../../domain/entities.ts';
import type { DatasetLookup } from '../../protocol/write-run.ts';
import type { DatasetKey, Store } from '../../store/store.ts';

const keyOf = ({ name, digest }: DatasetKey): string => JSON.stringify([name, digest]);

type LookUpDatasets = (views: readonly RunView[]) => Promise<(experimentId: string) => DatasetLookup>;

/**
 * Makes the function that fetches the datasets that runs link to, each once however often it is called; the runs may be of
 * several experiments.
 */
export function createDatasetLookUp(store: Store): LookUpDatasets {
  const known = new Map<string, Map<string, Dataset | undefined>>();
  const fetchMissing = async ([experimentId, links]: readonly [string, readonly DatasetLink[]]) => {
    const ofExperiment = known.get(experimentId) ?? new Map<string, Dataset | undefined>();
    const missing = new Map(links.filter((link) => !ofExperiment.has(keyOf(link))).map((link) => [keyOf(link), link]));
    if (missing.size === 0) return;
    const datasets = await store.getDatasets(experimentId, [...missing.values()]);
    for (const key of missing.keys()) ofExperiment.set(key, undefined);
    for (const dataset of datasets) ofExperiment.set(keyOf(dataset), dataset);
    known.set(experimentId, ofExperiment);
  };
  return async (views) => {
    await Promise.all([...linksByExperiment(views)].map(fetchMissing));
    return (experimentId) => (link) => known.get(experimentId)?.get(keyOf(link));
  };
}

function linksByExperiment(views: readonly RunView[]): ReadonlyMap<string, readonly DatasetLink[]> {
  const links = new Map<string, DatasetLink[]>();
  for (const { run } of views) {
    if (run.datasets.length === 0) continue;
    const ofExperiment = links.get(run.experimentId) ?? [];
    links.set(run.experimentId, ofExperiment);
    ofExperiment.push(...run.datasets);
  }
  return links;
}
