import { wireLoggedModel } from '../../protocol/entities.ts';
import { message } from '../../protocol/message.ts';
import { flag } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';
import { getLoggedModel, modelId } from './model-reference.ts';

export const getModel = defineOperation({
  method: 'GET',
  path: '/mlflow/logged-models/:model_id',
  since: '2.0',
  request: message({ model_id: modelId, allow_deleted: flag('Whether a deleted model may be the answer') }),
  handle: async (input, { store }) => ({
    model: wireLoggedModel(await getLoggedModel(store, input.model_id, input.allow_deleted)),
  }),
});
