import type { LoggedModel } from '../../domain/entities.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { checkExperimentActive } from '../../domain/lifecycle.ts';
import { validateLoggedModelName } from '../../domain/logged-model.ts';
import { generateRunName } from '../../domain/run-name.ts';
import { appendToUriPath } from '../../domain/uri.ts';
import { experimentId, keyValue, textOrEmpty } from '../../protocol/common.ts';
import { wireLoggedModel } from '../../protocol/entities.ts';
import { list, message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { addParams } from './add-params.ts';

const request = message({
  experiment_id: experimentId,
  name: textOrEmpty('Name; a random one when absent'),
  model_type: textOrEmpty('Type, such as LLM or Agent'),
  source_run_id: textOrEmpty('Run that made the model'),
  params: list(keyValue, 'Params'),
  tags: list(keyValue, 'Tags'),
});

export const createLoggedModel = defineOperation({
  method: 'POST',
  path: '/mlflow/logged-models',
  since: '2.0',
  request,
  handle: async (input, { store, clock, random }) => {
    validateLoggedModelName(input.name || undefined);
    const experiment = await store.getExperiment(String(parseExperimentId(input.experiment_id)));
    checkExperimentActive(experiment);
    const modelId = store.newModelId(experiment.experimentId);
    const now = clock();
    const model: LoggedModel = {
      modelId,
      experimentId: experiment.experimentId,
      name: input.name || generateRunName(random),
      artifactUri: appendToUriPath(experiment.artifactLocation, 'models', modelId, 'artifacts'),
      status: 'LOGGED_MODEL_PENDING',
      modelType: input.model_type,
      sourceRunId: input.source_run_id,
      creationTime: now,
      lastUpdateTime: now,
      isDeleted: false,
      params: addParams(new Map(), input.params),
      tags: new Map(input.tags.map(({ key, value }) => [key, value])),
    };
    await store.createLoggedModel(model);
    return { model: wireLoggedModel({ model, metrics: [] }) };
  },
});
