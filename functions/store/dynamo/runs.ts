import type { Run, RunView } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import { stageOfRun } from '../../domain/lifecycle.ts';
import type { RunState, Store } from '../store.ts';
import { runCodec } from './codecs/run-codec.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { type ExperimentMarks, experimentMarks } from './experiments.ts';
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
  const { table } = platform;
  const documents = createDocuments(runCodec, platform);

  const marksOf = async (experimentId: string) => experimentMarks(await table.get(experimentKey(experimentId)));

  const viewOf = (run: Run, latest: readonly Item[], marks: ExperimentMarks): RunView => ({
    run,
    stage: stageOfRun(run, marks),
    metrics: mergeLatest(latest),
  });

  return {
    newRunId: (experimentId) => runIdFor(experimentId, randomHex(20)),
    createRun: (run) => documents.create(runDocumentKey(homeOrThrow(run.runId), run.runId), run),
    getRun: async (runId) => {
      const home = homeOrThrow(runId);
      const [items, marks] = await Promise.all([table.query(liveRunPrefix(home, runId)), marksOf(home.experimentId)]);
      const { documentItems, latestItems } = partition(items);
      const [run] = await documents.assemble(documentItems);
      if (!run) throw noRun(runId);
      return viewOf(run, latestItems, marks);
    },
    getRunState: async (runId): Promise<RunState> => {
      const { experimentId, ...home } = homeOrThrow(runId);
      const documentKey = runDocumentKey({ experimentId, ...home }, runId);
      const items = await table.getMany([documentKey, experimentKey(experimentId)]);
      const document = items.find((item) => keyOf(item).sk === documentKey.sk);
      if (!document) throw noRun(runId);
      const experiment = items.find((item) => keyOf(item).pk !== documentKey.pk);
      return { runId, experimentId, stage: stageOfRun(experimentMarks(document), experimentMarks(experiment)) };
    },
    listRuns: async (experimentId) => {
      const partitions = liveRunsPrefixes(experimentId).map((prefix) => table.query(prefix));
      const [marks, ...pages] = await Promise.all([marksOf(experimentId), ...partitions]);
      const { documentItems, latestItems } = partition(pages.flat());
      const latestOf = groupByRun(latestItems);
      const runs = await documents.assemble(documentItems);
      return runs.map((run) => viewOf(run, latestOf.get(run.runId) ?? [], marks));
    },
    updateRun: async (runId, change) => {
      const home = homeOrThrow(runId);
      const marks = await marksOf(home.experimentId);
      let changed: Run | undefined;
      const outcome = await documents.update(runDocumentKey(home, runId), (run) => {
        const seen: Run = { ...run, stage: stageOfRun(run, marks), stageGeneration: marks.stageGeneration };
        changed = change(seen);
        return changed === seen ? run : changed;
      });
      if (!outcome || !changed) throw noRun(runId);
      return changed;
    },
  };
}

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
