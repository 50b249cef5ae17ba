import { doesNotExist } from '../../domain/errors.ts';
import { requiredText } from '../../protocol/common.ts';
import { wireExperiment } from '../../protocol/entities.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const getExperimentByName = defineOperation({
  method: 'GET',
  path: '/mlflow/experiments/get-by-name',
  since: '2.0',
  request: message({ experiment_name: requiredText('Name of the experiment; deleted ones are found, too') }),
  handle: async ({ experiment_name: name }, { store }) => {
    const experiment = await store.findExperimentByName(name);
    // The client takes exactly this code for "none" (MLflow: rest_store.get_experiment_by_name).
    if (!experiment) throw doesNotExist(`Could not find experiment with name '${name}'`);
    return { experiment: wireExperiment(experiment) };
  },
});
