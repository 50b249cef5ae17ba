import { keyValue } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { addParams } from './add-params.ts';
import { modelId } from './model-reference.ts';

export const logModelParams = defineOperation({
  method: 'POST',
  path: '/mlflow/logged-models/:path_model_id/params',
  since: '2.0',
  // The body must repeat the id; that of the path is the one that counts (MLflow: _log_logged_model_params).
  request: message({ path_model_id: modelId, model_id: modelId, params: list(keyValue, 'Params') }),
  handle: async ({ path_model_id: id, params }, { store }) => {
    await store.updateLoggedModel(id, (model) => ({ ...model, params: addParams(model.params, params) }));
    return {};
  },
});
