import { isPrompt } from '../../domain/prompt.ts';
import { nameTaken, validateRegisteredModelName, validateRegisteredModelTag } from '../../domain/registered-model.ts';
import { modelCreated } from '../../domain/webhook-message.ts';
import { keyValue, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { wireRegisteredModel } from '../../protocol/wire-registry.ts';
import { ownRegisteredModel } from '../identity/own-model.ts';
import { defineOperation } from '../operation.ts';
import { modelName } from './model-reference.ts';

const request = message({
  name: modelName,
  tags: list(keyValue, 'Tags; the last of a key counts'),
  description: textOrEmpty('Description'),
});

export const createRegisteredModel = defineOperation({
  method: 'POST',
  path: '/mlflow/registered-models/create',
  since: '2.0',
  request,
  handle: async ({ name, tags: given, description }, services) => {
    const { store, clock } = services;
    validateRegisteredModelName(name);
    for (const { key, value } of given) validateRegisteredModelTag(key, value);
    const tags = new Map(given.map(({ key, value }) => [key, value]));
    const created = { name, description, tags, now: clock() };
    const model = await store.createRegisteredModel(created, () =>
      modelCreated({ ...created, isPrompt: isPrompt(tags) }),
    );
    if (model) {
      await ownRegisteredModel(services, name);
      return { registered_model: wireRegisteredModel(model, []) };
    }
    const existing = await store.findRegisteredModel(name);
    throw nameTaken(name, existing?.tags ?? tags, tags);
  },
});
