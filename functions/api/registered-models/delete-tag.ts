import { validateTagName } from '../../domain/names.ts';
import { isPrompt } from '../../domain/prompt.ts';
import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { promptTagChanged } from '../../domain/webhook-message.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { changeRegisteredModel, modelName } from './model-reference.ts';

export const deleteRegisteredModelTag = defineOperation({
  method: 'DELETE',
  path: '/mlflow/registered-models/delete-tag',
  since: '2.0',
  request: message({ name: modelName, key: requiredText('Name of the tag') }),
  handle: async ({ name, key }, { store, clock }) => {
    validateRegisteredModelName(name);
    validateTagName(key);
    const now = clock();
    await changeRegisteredModel(
      store,
      name,
      (model) => {
        const tags = new Map(model.tags);
        return tags.delete(key) ? { ...model, tags } : model;
      },
      ({ tags }) => (isPrompt(tags) ? promptTagChanged({ name, key, value: undefined, now }) : undefined),
    );
    return {};
  },
});
