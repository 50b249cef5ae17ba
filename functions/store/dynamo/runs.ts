import type { Run, RunView } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import { type StageMark, stageOfRun } from '../../domain/lifecycle.ts';
import type { ArchivedRuns } from '../archive/archived-runs.ts';
import { createDatasetUses } from '../archive/list-dataset-uses.ts';
import type { Revive } from '../archive/revive-run.ts';
import { createRunSearch } from '../archive/search-runs.ts';
import { createRunSurvey } from '../archive/survey-runs.ts';
import type { RunSurvey } from '../run-survey.ts';
import type { RunState, Store } from '../store.ts';
import type { DocumentPlatform, Documents } from './documents.ts';
import { archivedRunKey, experimentKey, type Home, homeOfModel, homeOfRun, runDocumentKey, runIdFor } from './keys.ts';
import type { LiveRuns } from './live-runs.ts';
import type { RunReader, RunRecord } from './run-reader.ts';

type RunVerbs = Pick<
  Store,
  | keyof RunSurvey
  | 'experimentOf'
  | 'newRunId'
  | 'createRun'
  | 'getRun'
  | 'getRunState'
  | 'searchRuns'
  | 'listDatasetUses'
  | 'updateRun'
>;

interface RunVerbsProps {
  readonly platform: DocumentPlatform;
  readonly documents: Documents<Run>;
  readonly reader: RunReader;
  readonly liveRuns: LiveRuns;
  readonly archivedRuns: ArchivedRuns;
  readonly revive: Revive;
  readonly randomHex: (digits: number) => string;
}

/**
 * Runs. A live one is a document and the last values of its metrics; an archived one is one document, and a row in a segment
 * for searches. To be written to, it comes back first.
 */
export function createRunVerbs(props: RunVerbsProps): RunVerbs {
  const { platform, documents, reader, liveRuns, archivedRuns, revive, randomHex } = props;
  const { marks } = platform;

  const markOfExperiment = async (experimentId: string): Promise<StageMark> => {
    const [mark] = await marks.find([experimentKey(experimentId)]);
    return mark ?? UNTOUCHED;
  };

  /** The mark of a run that was not found among the live ones. */
  const findNotLive = async (home: Home, runId: string): Promise<StageMark> => {
    const [archived] = await marks.find([archivedRunKey(home, runId)]);
    if (archived) return archived;
    // It may have come back between the two reads.
    const record = await reader.readRun(runId);
    if (!record) throw noRun(runId);
    return record.run;
  };

  /** As `markOfExperiment`; the runs of an experiment that is being removed are there for nobody. */
  const markAround = async ({ experimentId }: Home, runId: string): Promise<StageMark> => {
    const mark = await markOfExperiment(experimentId);
    if (mark.removal) throw noRun(runId);
    return mark;
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
    experimentOf: (id) => (homeOfRun(id) ?? homeOfModel(id))?.experimentId,
    newRunId: (experimentId) => runIdFor(experimentId, randomHex(20)),
    createRun: async (run) => {
      const home = homeOrThrow(run.runId);
      await writing(home, run.runId, documents.create(runDocumentKey(home, run.runId), run));
    },
    getRun: async (runId) => {
      const home = homeOrThrow(runId);
      const [record, experiment] = await Promise.all([reader.readRun(runId), markAround(home, runId)]);
      if (!record || record.run.removal) throw noRun(runId);
      return viewOf(record, experiment);
    },
    getRunState: async (runId): Promise<RunState> => {
      const home = homeOrThrow(runId);
      const keys = [runDocumentKey(home, runId), experimentKey(home.experimentId)];
      const [live, experiment = UNTOUCHED] = await marks.find(keys);
      const run = live ?? (await findNotLive(home, runId));
      if (run.removal || experiment.removal) throw noRun(runId);
      const stage = stageOfRun(run, experiment);
      return { runId, experimentId: home.experimentId, stage, ...(live ? {} : { isArchived: true }) };
    },
    searchRuns: createRunSearch({ archivedRuns, markOf: markOfExperiment }),
    ...createRunSurvey({ archivedRuns, markOf: markOfExperiment }),
    listDatasetUses: createDatasetUses(archivedRuns),
    updateRun: async (runId, change) => {
      const home = homeOrThrow(runId);
      const experiment = await markAround(home, runId);
      let changed: Run | undefined;
      const update = () =>
        documents.update(runDocumentKey(home, runId), (run) => {
          if (run.removal) throw noRun(runId);
          const seen: Run = { ...run, stage: stageOfRun(run, experiment), stageGeneration: experiment.stageGeneration };
          changed = change(seen);
          return changed === seen ? run : changed;
        });
      let outcome = await writing(home, runId, update());
      while (!outcome && (await revive(runId))) outcome = await writing(home, runId, update());
      if (!outcome || !changed) throw noRun(runId);
      return changed;
    },
  };
}

const viewOf = ({ run, metrics }: RunRecord, experiment: StageMark): RunView => ({
  run,
  stage: stageOfRun(run, experiment),
  metrics,
});

/** The mark of an experiment that nobody deleted yet. */
const UNTOUCHED: StageMark = { stage: 'active', stageGeneration: 0 };

function homeOrThrow(runId: string) {
  const home = homeOfRun(runId);
  if (!home) throw noRun(runId);
  return home;
}

const noRun = (runId: string) => doesNotExist(`Run with id=${runId} not found`);
