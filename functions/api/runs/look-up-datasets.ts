import type { RunView } from '../../domain/entities.ts';
import type { DatasetLookup } from '../../protocol/write-run.ts';
import type { DatasetKey, Store } from '../../store/store.ts';

const keyOf = ({ name, digest }: DatasetKey): string => JSON.stringify([name, digest]);

/** Fetches the datasets that runs link to, each once; the runs may be of several experiments. */
export async function lookUpDatasets(
  store: Store,
  views: readonly RunView[],
): Promise<(experimentId: string) => DatasetLookup> {
  const wanted = new Map<string, Map<string, DatasetKey>>();
  for (const { run } of views) {
    if (run.datasets.length === 0) continue;
    const ofExperiment = wanted.get(run.experimentId) ?? new Map<string, DatasetKey>();
    wanted.set(run.experimentId, ofExperiment);
    for (const link of run.datasets) ofExperiment.set(keyOf(link), link);
  }
  const found = [...wanted].map(async ([experimentId, keys]) => {
    const datasets = await store.getDatasets(experimentId, [...keys.values()]);
    return [experimentId, new Map(datasets.map((dataset) => [keyOf(dataset), dataset]))] as const;
  });
  const datasetsOf = new Map(await Promise.all(found));
  return (experimentId) => (link) => datasetsOf.get(experimentId)?.get(keyOf(link));
}
