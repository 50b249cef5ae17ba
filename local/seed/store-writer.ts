import type { Services } from '../../functions/api/operation.ts';
import type { Experiment, KeyValue, Run } from '../../functions/domain/entities.ts';
import { MAX_METRICS_PER_BATCH } from '../../functions/domain/limits.ts';
import { RUN_NAME_TAG } from '../../functions/domain/run-name.ts';
import { appendToUriPath } from '../../functions/domain/uri.ts';
import type { Store } from '../../functions/store/store.ts';
import type { BelievableRun } from './believable-run.ts';
import { experimentTags, type RunWriter, slicesOf } from './run-writer.ts';

type StoreWriterProps = Pick<Services, 'store' | 'artifactRoot' | 'clock'>;

/**
 * Writes runs through the store's door, each document once and as it is in the end: what a reader finds is the same as
 * after MLflow's calls, at a fraction of the work. For stores that no server holds.
 */
export function createStoreWriter({ store, artifactRoot, clock }: StoreWriterProps): RunWriter {
  return {
    openExperiment: async (name, project) => {
      const found = await store.findExperimentByName(name);
      if (found) return found.experimentId;
      const locationOf = (experimentId: string) => appendToUriPath(artifactRoot, experimentId);
      return store.createExperiment({ name, locationOf, tags: textMap(experimentTags(project)), now: clock() });
    },
    writeRun: async (experimentId, believable) => {
      const run = runOf(store.newRunId(experimentId), await store.getExperiment(experimentId), believable);
      // Datasets first: a link must never point at nothing.
      if (believable.datasets.length > 0) {
        await store.putDatasets(
          experimentId,
          believable.datasets.map(({ dataset }) => dataset),
        );
      }
      await store.createRun(run);
      await appendPoints(store, run, believable);
      return run.runId;
    },
  };
}

/** One log-batch after the other, as a training's history comes. */
async function appendPoints(store: Store, run: Run, { points }: BelievableRun): Promise<void> {
  for (const batch of slicesOf(points, MAX_METRICS_PER_BATCH)) await store.appendMetrics(run, batch);
}

function runOf(runId: string, experiment: Experiment, believable: BelievableRun): Run {
  const { name, userId, status, startTime, endTime, params, tags, datasets } = believable;
  return {
    runId,
    experimentId: experiment.experimentId,
    runName: name,
    userId,
    status,
    startTime,
    endTime,
    artifactUri: appendToUriPath(experiment.artifactLocation, runId, 'artifacts'),
    stage: 'active',
    stageGeneration: experiment.stageGeneration,
    deletedTime: undefined,
    params: textMap(params),
    tags: textMap([...tags, { key: RUN_NAME_TAG, value: name }]),
    datasets: datasets.map((input) => ({ name: input.dataset.name, digest: input.dataset.digest, tags: input.tags })),
    modelInputs: [],
    modelOutputs: [],
  };
}

const textMap = (entries: readonly KeyValue[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ key, value }) => [key, value]));
