import { loggedModelStatus } from '../../protocol/common.ts';
import { wireLoggedModel } from '../../protocol/entities.ts';
import { message, required } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { getLoggedModel, modelId } from './model-reference.ts';

/** Marks a model as uploaded or failed; also a deleted one (MLflow: finalize_logged_model). */
export const finalizeLoggedModel = defineOperation({
  method: 'PATCH',
  path: '/mlflow/logged-models/:path_model_id',
  since: '2.0',
  // The body must repeat the id; that of the path is the one that counts (MLflow: _finalize_logged_model).
  request: message({ path_model_id: modelId, model_id: modelId, status: required(loggedModelStatus) }),
  handle: async ({ path_model_id: id, status }, { store, clock }) => {
    const now = clock();
    await store.updateLoggedModel(id, (model) => ({ ...model, status, lastUpdateTime: now }));
    return { model: wireLoggedModel(await getLoggedModel(store, id, true)) };
  },
});
