import { parseExperimentId } from '../../domain/experiment.ts';
import { checkExperimentActive } from '../../domain/lifecycle.ts';
import { validateCustomViewWrite, validateExperimentTag } from '../../domain/tag.ts';
import { experimentId, requiredText, textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const setExperimentTag = defineOperation({
  method: 'POST',
  path: '/mlflow/experiments/set-experiment-tag',
  since: '2.0',
  request: message({ experiment_id: experimentId, key: requiredText('Name'), value: textOrEmpty('Value') }),
  handle: async ({ experiment_id: id, key, value }, { store }) => {
    validateExperimentTag(key, value);
    await store.updateExperiment(String(parseExperimentId(id)), (experiment) => {
      validateCustomViewWrite(experiment.experimentId, experiment.tags.keys(), key);
      checkExperimentActive(experiment);
      return { ...experiment, tags: new Map(experiment.tags).set(key, value) };
    });
    return {};
  },
});
