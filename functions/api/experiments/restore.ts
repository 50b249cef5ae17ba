import { parseExperimentId } from '../../domain/experiment.ts';
import { experimentId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { changeStage } from './change-stage.ts';

export const restoreExperiment = defineOperation({
  method: 'POST',
  path: '/mlflow/experiments/restore',
  since: '2.0',
  request: message({ experiment_id: experimentId }),
  handle: async (input, { store, clock }) => {
    await store.updateExperiment(String(parseExperimentId(input.experiment_id)), changeStage('active', clock()));
    return {};
  },
});
