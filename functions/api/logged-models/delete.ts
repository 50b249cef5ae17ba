import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { modelId } from './model-reference.ts';

export const deleteLoggedModel = defineOperation({
  method: 'DELETE',
  path: '/mlflow/logged-models/:model_id',
  since: '2.0',
  request: message({ model_id: modelId }),
  handle: async (input, { store, clock }) => {
    const now = clock();
    await store.updateLoggedModel(input.model_id, (model) => ({ ...model, isDeleted: true, lastUpdateTime: now }));
    return {};
  },
});
