import { doesNotExist } from '../../domain/errors.ts';
import { pythonRepr } from '../../domain/messages.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { modelId } from './model-reference.ts';

export const deleteModelTag = defineOperation({
  method: 'DELETE',
  path: '/mlflow/logged-models/:model_id/tags/:tag_key',
  since: '2.0',
  request: message({ model_id: modelId, tag_key: requiredText('Name of the tag') }),
  handle: async ({ model_id: id, tag_key: key }, { store }) => {
    await store.updateLoggedModel(id, (model) => {
      const tags = new Map(model.tags);
      if (!tags.delete(key)) {
        throw doesNotExist(`No tag with key ${pythonRepr(key)} found for model with ID ${pythonRepr(id)}.`);
      }
      return { ...model, tags };
    });
    return {};
  },
});
