import { keyValue } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { modelId } from './model-reference.ts';

export const setModelTags = defineOperation({
  method: 'PATCH',
  path: '/mlflow/logged-models/:model_id/tags',
  since: '2.0',
  request: message({ model_id: modelId, tags: list(keyValue, 'Tags; the last of a key counts') }),
  handle: async ({ model_id: id, tags }, { store }) => {
    await store.updateLoggedModel(id, (model) => ({
      ...model,
      tags: new Map([...model.tags, ...tags.map(({ key, value }) => [key, value] as const)]),
    }));
    return {};
  },
});
