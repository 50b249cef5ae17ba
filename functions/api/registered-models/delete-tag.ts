import { validateTagName } from '../../domain/names.ts';
import { validateRegisteredModelName } from '../../domain/registered-model.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { changeRegisteredModel, modelName } from './model-reference.ts';

export const deleteRegisteredModelTag = defineOperation({
  method: 'DELETE',
  path: '/mlflow/registered-models/delete-tag',
  since: '2.0',
  request: message({ name: modelName, key: requiredText('Name of the tag') }),
  handle: async ({ name, key }, { store }) => {
    validateRegisteredModelName(name);
    validateTagName(key);
    await changeRegisteredModel(store, name, (model) => {
      const tags = new Map(model.tags);
      return tags.delete(key) ? { ...model, tags } : model;
    });
    return {};
  },
});
