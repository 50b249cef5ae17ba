import type { Run, RunView } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import { type StageMark, stageOfRun } from '../../domain/lifecycle.ts';
import type { RunState, Store } from '../store.ts';
import type { DocumentPlatform, Documents } from './documents.ts';
import {
  experimentKey,
  type Home,
  homeOfRun,
  liveRunPrefix,
  liveRunsPrefixes,
  parseRunSortKey,
  runDocumentKey,
  runIdFor,
} from './keys.ts';
import { mergeLatest } from './latest.ts';
import type { LiveRun, LiveRunReader, LiveRuns } from './live-runs.ts';
import { type Item, keyOf, type Table } from './table.ts';

type RunVerbs = Pick<Store, 'newRunId' | 'createRun' | 'getRun' | 'getRunState' | 'listRuns' | 'updateRun'>;

interface RunVerbsProps {
  readonly platform: DocumentPlatform;
  readonly documents: Documents<Run>;
  readonly reader: LiveRunReader;
  readonly liveRuns: LiveRuns;
  readonly randomHex: (digits: number) => string;
}

/** Live runs: one document and the last values of its metrics. Archived runs will join here (issue "Scale"). */
export function createRunVerbs({ platform, documents, reader, liveRuns, randomHex }: RunVerbsProps): RunVerbs {
  const { marks } = platform;

  const markOfExperiment = async (experimentId: string): Promise<StageMark> => {
    const [mark] = await marks.find([experimentKey(experimentId)]);
    return mark ?? UNTOUCHED;
  };

  /** Writes to a run, and tells the searches when that has come to an end. */
  const writing = async <T>({ experimentId }: Home, runId: string, write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      liveRuns.touch(experimentId, runId);
    }
  };

  return {
    newRunId: (experimentId) => runIdFor(experimentId, randomHex(20)),
    createRun: async (run) => {
      const home = homeOrThrow(run.runId);
      await writing(home, run.runId, documents.create(runDocumentKey(home, run.runId), run));
    },
    getRun: async (runId) => {
      const { experimentId } = homeOrThrow(runId);
      const [live, experiment] = await Promise.all([reader.readOne(runId), markOfExperiment(experimentId)]);
      if (!live) throw noRun(runId);
      return viewOf(live, experiment);
    },
    getRunState: async (runId): Promise<RunState> => {
      const home = homeOrThrow(runId);
      const keys = [runDocumentKey(home, runId), experimentKey(home.experimentId)];
      const [run, experiment = UNTOUCHED] = await marks.find(keys);
      if (!run) throw noRun(runId);
      return { runId, experimentId: home.experimentId, stage: stageOfRun(run, experiment) };
    },
    listRuns: async (experimentId) => {
      const [runs, experiment] = await Promise.all([liveRuns.list(experimentId), markOfExperiment(experimentId)]);
      return runs.map((live) => viewOf(live, experiment));
    },
    updateRun: async (runId, change) => {
      const home = homeOrThrow(runId);
      const experiment = await markOfExperiment(home.experimentId);
      let changed: Run | undefined;
      const update = documents.update(runDocumentKey(home, runId), (run) => {
        const seen: Run = { ...run, stage: stageOfRun(run, experiment), stageGeneration: experiment.stageGeneration };
        changed = change(seen);
        return changed === seen ? run : changed;
      });
      const outcome = await writing(home, runId, update);
      if (!outcome || !changed) throw noRun(runId);
      return changed;
    },
  };
}

const viewOf = ({ run, metrics }: LiveRun, experiment: StageMark): RunView => ({
  run,
  stage: stageOfRun(run, experiment),
  metrics,
});

/** Reads live runs from the table. */
export function createLiveRunReader(table: Table, documents: Documents<Run>): LiveRunReader {
  return {
    readAll: async (experimentId) => {
      const pages = await Promise.all(liveRunsPrefixes(experimentId).map((prefix) => table.query(prefix)));
      const { documentItems, latestItems } = partition(pages.flat());
      const latestOf = groupByRun(latestItems);
      const runs = await documents.assemble(documentItems);
      return runs.map((run) => ({ run, metrics: mergeLatest(latestOf.get(run.runId) ?? []) }));
    },
    readOne: async (runId) => {
      const { documentItems, latestItems } = partition(await table.query(liveRunPrefix(homeOrThrow(runId), runId)));
      const [run] = await documents.assemble(documentItems);
      return run && { run, metrics: mergeLatest(latestItems) };
    },
  };
}

/** The mark of an experiment that nobody deleted yet. */
const UNTOUCHED: StageMark = { stage: 'active', stageGeneration: 0 };

function partition(items: readonly Item[]) {
  const isLatest = (item: Item) => parseRunSortKey(keyOf(item).sk).kind === 'latest';
  return { documentItems: items.filter((item) => !isLatest(item)), latestItems: items.filter(isLatest) };
}

function groupByRun(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const { runId } = parseRunSortKey(keyOf(item).sk);
    const group = groups.get(runId);
    if (group) group.push(item);
    else groups.set(runId, [item]);
  }
  return groups;
}

function homeOrThrow(runId: string) {
  const home = homeOfRun(runId);
  if (!home) throw noRun(runId);
  return home;
}

const noRun = (runId: string) => doesNotExist(`Run with id=${runId} not found`);
