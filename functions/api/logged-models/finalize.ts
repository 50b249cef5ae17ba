import { loggedModelStatus } from '../../protocol/common.ts';
import { wireLoggedModel } from '../../protocol/entities.ts';
import { message, required } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { getLoggedModel, modelId } from './model-reference.ts';

/** Marks a model as uploaded or failed; also a deleted one (MLflow: finalize_logged_model). */
export const finalizeLoggedModel = defineOperation({
  method: 'PATCH',
  path: '/mlflow/logged-models/:model_id',
  since: '2.0',
  request: message({ model_id: modelId, status: required(loggedModelStatus) }),
  handle: async ({ model_id: id, status }, { store, clock }) => {
    const now = clock();
    await store.updateLoggedModel(id, (model) => ({ ...model, status, lastUpdateTime: now }));
    return { model: wireLoggedModel(await getLoggedModel(store, id, true)) };
  },
});
