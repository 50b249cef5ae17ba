import type { Run, RunView } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import { type StageMark, stageOfRun } from '../../domain/lifecycle.ts';
import type { RunState, Store } from '../store.ts';
import { runCodec } from './codecs/run-codec.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import {
  experimentKey,
  homeOfRun,
  liveRunPrefix,
  liveRunsPrefixes,
  parseRunSortKey,
  runDocumentKey,
  runIdFor,
} from './keys.ts';
import { mergeLatest } from './latest.ts';
import { type Item, keyOf } from './table.ts';

type RunVerbs = Pick<Store, 'newRunId' | 'createRun' | 'getRun' | 'getRunState' | 'listRuns' | 'updateRun'>;

/** Live runs: one document and the last values of its metrics. Archived runs will join here (issue "Scale"). */
export function createRunVerbs(platform: DocumentPlatform, randomHex: (digits: number) => string): RunVerbs {
  const { table, marks } = platform;
  const documents = createDocuments(runCodec, platform);

  const markOfExperiment = async (experimentId: string): Promise<StageMark> => {
    const [mark] = await marks.find([experimentKey(experimentId)]);
    return mark ?? UNTOUCHED;
  };

  const viewOf = (run: Run, latest: readonly Item[], experiment: StageMark): RunView => ({
    run,
    stage: stageOfRun(run, experiment),
    metrics: mergeLatest(latest),
  });

  return {
    newRunId: (experimentId) => runIdFor(experimentId, randomHex(20)),
    createRun: (run) => documents.create(runDocumentKey(homeOrThrow(run.runId), run.runId), run),
    getRun: async (runId) => {
      const home = homeOrThrow(runId);
      const [items, experiment] = await Promise.all([
        table.query(liveRunPrefix(home, runId)),
        markOfExperiment(home.experimentId),
      ]);
      const { documentItems, latestItems } = partition(items);
      const [run] = await documents.assemble(documentItems);
      if (!run) throw noRun(runId);
      return viewOf(run, latestItems, experiment);
    },
    getRunState: async (runId): Promise<RunState> => {
      const home = homeOrThrow(runId);
      const keys = [runDocumentKey(home, runId), experimentKey(home.experimentId)];
      const [run, experiment = UNTOUCHED] = await marks.find(keys);
      if (!run) throw noRun(runId);
      return { runId, experimentId: home.experimentId, stage: stageOfRun(run, experiment) };
    },
    listRuns: async (experimentId) => {
      const partitions = liveRunsPrefixes(experimentId).map((prefix) => table.query(prefix));
      const [experiment, ...pages] = await Promise.all([markOfExperiment(experimentId), ...partitions]);
      const { documentItems, latestItems } = partition(pages.flat());
      const latestOf = groupByRun(latestItems);
      const runs = await documents.assemble(documentItems);
      return runs.map((run) => viewOf(run, latestOf.get(run.runId) ?? [], experiment));
    },
    updateRun: async (runId, change) => {
      const home = homeOrThrow(runId);
      const experiment = await markOfExperiment(home.experimentId);
      let changed: Run | undefined;
      const outcome = await documents.update(runDocumentKey(home, runId), (run) => {
        const seen: Run = { ...run, stage: stageOfRun(run, experiment), stageGeneration: experiment.stageGeneration };
        changed = change(seen);
        return changed === seen ? run : changed;
      });
      if (!outcome || !changed) throw noRun(runId);
      return changed;
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
