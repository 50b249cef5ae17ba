import { message } from '../../protocol/message.ts';
import { wireModelVersion } from '../../protocol/wire-registry.ts';
import { defineOperation } from '../operation.ts';
import { modelName } from '../registered-models/model-reference.ts';
import { getModelVersion as get, versionNumber } from './version-reference.ts';

export const getModelVersion = defineOperation({
  method: 'GET',
  path: '/mlflow/model-versions/get',
  since: '2.0',
  request: message({ name: modelName, version: versionNumber }),
  handle: async (input, { store }) => ({ model_version: wireModelVersion(await get(store, input)) }),
});
