import { doesNotExist } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { checkExperimentActive } from '../../domain/lifecycle.ts';
import { experimentId, requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const deleteExperimentTag = defineOperation({
  method: 'POST',
  path: '/mlflow/experiments/delete-experiment-tag',
  since: '2.0',
  request: message({ experiment_id: experimentId, key: requiredText('Name') }),
  handle: async ({ experiment_id: id, key }, { store }) => {
    await store.updateExperiment(String(parseExperimentId(id)), (experiment) => {
      checkExperimentActive(experiment);
      const tags = new Map(experiment.tags);
      if (!tags.delete(key)) throw doesNotExist(`No tag with name: ${key} in experiment with id ${id}`);
      return { ...experiment, tags };
    });
    return {};
  },
});
