import { invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId, validateExperimentName } from '../../domain/experiment.ts';
import { experimentId, requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const updateExperiment = defineOperation({
  method: 'POST',
  path: '/mlflow/experiments/update',
  since: '2.0',
  request: message({ experiment_id: experimentId, new_name: requiredText('New name') }),
  handle: async ({ experiment_id: id, new_name: name }, { store, clock }) => {
    validateExperimentName(name);
    const now = clock();
    await store.updateExperiment(String(parseExperimentId(id)), (experiment) => {
      // MLflow answers 500 INVALID_STATE, which its client would retry for minutes.
      if (experiment.stage !== 'active') throw invalidParameter('Cannot rename a non-active experiment.');
      return { ...experiment, name, lastUpdateTime: now };
    });
    return {};
  },
});
