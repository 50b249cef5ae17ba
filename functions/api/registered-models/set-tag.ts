import { isPrompt } from '../../domain/prompt.ts';
import { validateRegisteredModelName, validateRegisteredModelTag } from '../../domain/registered-model.ts';
import { promptTagChanged } from '../../domain/webhook-message.ts';
import { requiredText, textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { changeRegisteredModel, modelName } from './model-reference.ts';

export const setRegisteredModelTag = defineOperation({
  method: 'POST',
  path: '/mlflow/registered-models/set-tag',
  since: '2.0',
  request: message({ name: modelName, key: requiredText('Name of the tag'), value: textOrEmpty('Value') }),
  handle: async ({ name, key, value }, { store, clock }) => {
    validateRegisteredModelName(name);
    validateRegisteredModelTag(key, value);
    const now = clock();
    await changeRegisteredModel(
      store,
      name,
      (model) => ({ ...model, tags: new Map(model.tags).set(key, value) }),
      ({ tags }) => (isPrompt(tags) ? promptTagChanged({ name, key, value, now }) : undefined),
    );
    return {};
  },
});
