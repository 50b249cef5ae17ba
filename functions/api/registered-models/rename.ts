import { renamed, validateNewName } from '../../domain/registered-model.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { moveRegisteredModel } from '../identity/own-model.ts';
import { defineOperation } from '../operation.ts';
import { answerModel, changeRegisteredModel, modelName } from './model-reference.ts';

export const renameRegisteredModel = defineOperation({
  method: 'POST',
  path: '/mlflow/registered-models/rename',
  since: '2.0',
  request: message({ name: modelName, new_name: requiredText('New name') }),
  handle: async ({ name, new_name: newName }, services) => {
    const { store, clock } = services;
    validateNewName(newName);
    const now = clock();
    const model = await changeRegisteredModel(store, name, (current) => renamed(current, newName, now));
    await moveRegisteredModel(services, name, newName);
    return answerModel(store, model);
  },
});
