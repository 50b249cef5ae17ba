import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { message } from '../../protocol/message.ts';
import { disownRegisteredModel } from '../identity/own-model.ts';
import { defineOperation } from '../operation.ts';
import { keepingProtected } from '../promotion/gate.ts';
import { modelName, noSuchModel } from './model-reference.ts';

export const deleteRegisteredModel = defineOperation({
  method: 'DELETE',
  path: '/mlflow/registered-models/delete',
  since: '2.0',
  request: message({ name: modelName }),
  handle: async ({ name }, services) => {
    validateRegisteredModelName(name);
    if (!(await services.store.deleteRegisteredModel(name, keepingProtected(services.store)))) throw noSuchModel(name);
    await disownRegisteredModel(services, name);
    return {};
  },
});
