import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { modelName, noSuchModel } from './model-reference.ts';

export const deleteRegisteredModel = defineOperation({
  method: 'DELETE',
  path: '/mlflow/registered-models/delete',
  since: '2.0',
  request: message({ name: modelName }),
  handle: async ({ name }, { store }) => {
    validateRegisteredModelName(name);
    if (!(await store.deleteRegisteredModel(name))) throw noSuchModel(name);
    return {};
  },
});
