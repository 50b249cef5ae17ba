import { isPrompt } from '../../domain/prompt.ts';
import { validateVersionTag } from '../../domain/registered-model.ts';
import { versionTagChanged } from '../../domain/webhook-message.ts';
import { requiredText, textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { modelName } from '../registered-models/model-reference.ts';
import { changeModelVersion, versionNamed, versionNumber } from './version-reference.ts';

const request = message({
  name: modelName,
  version: versionNumber,
  key: requiredText('Name of the tag'),
  value: textOrEmpty('Value'),
});

export const setModelVersionTag = defineOperation({
  method: 'POST',
  path: '/mlflow/model-versions/set-tag',
  since: '2.0',
  request,
  handle: async (input, { store, clock }) => {
    const wanted = versionNamed(input);
    const { name, version: written, key, value } = input;
    validateVersionTag(key, value);
    const now = clock();
    await changeModelVersion(
      store,
      wanted,
      (version) => ({ ...version, tags: new Map(version.tags).set(key, value) }),
      ({ tags }) => versionTagChanged({ name, version: written, key, value, isPrompt: isPrompt(tags), now }),
    );
    return {};
  },
});
