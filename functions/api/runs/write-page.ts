import type { RunView } from '../../domain/entities.ts';
import { type DatasetLookup, writeFoundRun } from '../../protocol/write-run.ts';
import type { WrittenJson } from '../../protocol/written-json.ts';
import type { FoundRuns, RunQuery, Store } from '../../store/store.ts';
import { createDatasetLookUp } from './look-up-datasets.ts';
import type { ReadAhead, WrittenRun } from './read-ahead.ts';

type RunsWriter = (views: readonly RunView[]) => Promise<readonly WrittenJson[]>;

/** Makes the function that writes runs with the datasets that they link to. */
export function createRunsWriter(
  store: Store,
  write: (view: RunView, datasets: DatasetLookup) => WrittenJson,
): RunsWriter {
  const lookUpDatasets = createDatasetLookUp(store);
  return async (views) => {
    const datasets = await lookUpDatasets(views);
    return views.map((view) => write(view, datasets(view.run.experimentId)));
  };
}

interface Sources {
  readonly writer: RunsWriter;
  readonly readAhead: ReadAhead | undefined;
}

/** Gives the runs at these places as they go on the wire: those written ahead, and the others read and written now. */
export async function writeOrTake(
  { versions, read }: FoundRuns,
  places: readonly number[],
  { writer, readAhead }: Sources,
): Promise<readonly WrittenJson[]> {
  const taken = places.map((place) => {
    const version = versions[place];
    return version === undefined ? undefined : readAhead?.take(version);
  });
  const others = places.filter((_, at) => taken[at] === undefined);
  const written = (others.length > 0 ? await writer(await read(others)) : []).values();
  return taken.map((run) => {
    const one = run ?? written.next().value;
    if (one === undefined) throw new Error('A run that was found was not read');
    return one;
  });
}

/** So many take some 5 ms. */
const RUNS_AT_ONCE = 100;

/** Writes the page of a query, piece by piece; leaves out runs of which a later answer may say more. */
export async function* writeAhead(store: Store, query: RunQuery): AsyncGenerator<readonly WrittenRun[]> {
  const { versions, read } = await store.searchRuns(query);
  const lookUpDatasets = createDatasetLookUp(store);
  for (let at = 0; at < versions.length; at += RUNS_AT_ONCE) {
    const places = [...versions.keys()].slice(at, at + RUNS_AT_ONCE).filter((place) => versions[place] !== undefined);
    const views = await read(places);
    const datasets = await lookUpDatasets(views);
    yield views.flatMap((view, index) => writtenAhead(view, versions[places[index] ?? -1], datasets));
  }
}

/** A dataset that is known never changes; one that is not may be logged later. */
function writtenAhead(
  view: RunView,
  version: string | undefined,
  datasetsOf: (experimentId: string) => DatasetLookup,
): readonly WrittenRun[] {
  const datasets = datasetsOf(view.run.experimentId);
  const isWhole = view.run.datasets.every((link) => datasets(link) !== undefined);
  return version !== undefined && isWhole ? [{ version, written: writeFoundRun(view, datasets) }] : [];
}
