import { parseExperimentId } from '../../domain/experiment.ts';
import { experimentId } from '../../protocol/common.ts';
import { wireExperiment } from '../../protocol/entities.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

export const getExperiment = defineOperation({
  method: 'GET',
  path: '/mlflow/experiments/get',
  since: '2.0',
  request: message({ experiment_id: experimentId }),
  handle: async (input, { store }) => {
    const id = parseExperimentId(input.experiment_id);
    return { experiment: wireExperiment(await store.getExperiment(String(id))) };
  },
});
