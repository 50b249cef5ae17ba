import { validateTagName } from '../../domain/names.ts';
import { isPrompt } from '../../domain/prompt.ts';
import { versionTagChanged } from '../../domain/webhook-message.ts';
import { requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { modelName } from '../registered-models/model-reference.ts';
import { changeModelVersion, versionNamed, versionNumber } from './version-reference.ts';

export const deleteModelVersionTag = defineOperation({
  method: 'DELETE',
  path: '/mlflow/model-versions/delete-tag',
  since: '2.0',
  request: message({ name: modelName, version: versionNumber, key: requiredText('Name of the tag') }),
  handle: async (input, { store, clock }) => {
    const wanted = versionNamed(input);
    const { name, version: written, key } = input;
    validateTagName(key);
    const now = clock();
    await changeModelVersion(
      store,
      wanted,
      (version) => {
        const tags = new Map(version.tags);
        return tags.delete(key) ? { ...version, tags } : version;
      },
      ({ tags }) => versionTagChanged({ name, version: written, key, value: undefined, isPrompt: isPrompt(tags), now }),
    );
    return {};
  },
});
