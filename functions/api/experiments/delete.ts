import { parseExperimentId } from '../../domain/experiment.ts';
import { experimentId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { changeStage } from './change-stage.ts';

export const deleteExperiment = defineOperation({
  method: 'POST',
  path: '/mlflow/experiments/delete',
  since: '2.0',
  request: message({ experiment_id: experimentId }),
  handle: async (input, { store, clock }) => {
    await store.updateExperiment(String(parseExperimentId(input.experiment_id)), changeStage('deleted', clock()));
    return {};
  },
});
