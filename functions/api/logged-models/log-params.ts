import { keyValue } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { addParams } from './add-params.ts';
import { modelId } from './model-reference.ts';

export const logModelParams = defineOperation({
  method: 'POST',
  path: '/mlflow/logged-models/:model_id/params',
  since: '2.0',
  request: message({ model_id: modelId, params: list(keyValue, 'Params') }),
  handle: async ({ model_id: id, params }, { store }) => {
    await store.updateLoggedModel(id, (model) => ({ ...model, params: addParams(model.params, params) }));
    return {};
  },
});
