import type { Run } from '../../domain/entities.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { checkExperimentActive } from '../../domain/lifecycle.ts';
import { generateRunName, RUN_NAME_TAG, runNameOf } from '../../domain/run-name.ts';
import { appendToUriPath } from '../../domain/uri.ts';
import { keyValue, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { writeNewRun } from '../../protocol/write-run.ts';
import { writtenObject } from '../../protocol/written-json.ts';
import { defineOperation } from '../operation.ts';

/** MLflow's database refuses a run without an experiment; its clients mean the default one. */
const DEFAULT_EXPERIMENT_ID = '0';

const request = message({
  experiment_id: text('Experiment the run belongs to; the default one when absent'),
  user_id: textOrEmpty('User who made the run'),
  run_name: textOrEmpty('Name; a random one when absent'),
  start_time: int64('When the run started, in ms since the epoch'),
  tags: list(keyValue, 'Tags; neither length nor characters are checked here'),
});

export const createRun = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/create',
  since: '2.0',
  request,
  handle: async (input, { store, random }) => {
    const experimentId = String(parseExperimentId(input.experiment_id || DEFAULT_EXPERIMENT_ID));
    const experiment = await store.getExperiment(experimentId);
    checkExperimentActive(experiment);
    const runName = runNameOf(input.run_name, input.tags) ?? generateRunName(random);
    const tags = new Map(input.tags.map(({ key, value }) => [key, value]));
    const runId = store.newRunId(experimentId);
    const run: Run = {
      runId,
      experimentId,
      runName,
      userId: input.user_id,
      status: 'RUNNING',
      startTime: input.start_time ?? 0,
      endTime: undefined,
      artifactUri: appendToUriPath(experiment.artifactLocation, runId, 'artifacts'),
      stage: 'active',
      stageGeneration: experiment.stageGeneration,
      deletedTime: undefined,
      params: new Map(),
      tags: tags.set(RUN_NAME_TAG, runName),
      datasets: [],
      modelInputs: [],
      modelOutputs: [],
    };
    await store.createRun(run);
    return writtenObject({ run: writeNewRun({ run, stage: 'active', metrics: [] }) });
  },
});
