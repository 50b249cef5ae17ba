import { textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { answerModel, changeRegisteredModel, modelName } from './model-reference.ts';

export const updateRegisteredModel = defineOperation({
  method: 'PATCH',
  path: '/mlflow/registered-models/update',
  since: '2.0',
  request: message({ name: modelName, description: textOrEmpty('New description; none when absent') }),
  handle: async ({ name, description }, { store, clock }) => {
    const now = clock();
    const model = await changeRegisteredModel(store, name, (current) => ({
      ...current,
      description,
      lastUpdateTime: now,
    }));
    return answerModel(store, model);
  },
});
