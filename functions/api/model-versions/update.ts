import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import { defineOperation } from '../operation.ts';
import { modelName } from '../registered-models/model-reference.ts';
import { changeModelVersion, versionNamed, versionNumber } from './version-reference.ts';

export const updateModelVersion = defineOperation({
  method: 'PATCH',
  path: '/mlflow/model-versions/update',
  since: '2.0',
  request: message({
    name: modelName,
    version: versionNumber,
    description: text('New description; none when absent'),
  }),
  handle: async (input, { store, clock }) => {
    const now = clock();
    const view = await changeModelVersion(store, versionNamed(input), (version) => ({
      ...version,
      description: input.description,
      lastUpdateTime: now,
    }));
    return { model_version: wireModelVersion(view) };
  },
});
