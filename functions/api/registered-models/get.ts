import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { answerModel, getRegisteredModel as get, modelName } from './model-reference.ts';

export const getRegisteredModel = defineOperation({
  method: 'GET',
  path: '/mlflow/registered-models/get',
  since: '2.0',
  request: message({ name: modelName }),
  handle: async ({ name }, { store }) => answerModel(store, await get(store, name)),
});
