import { textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { getModelVersion } from './version-reference.ts';

export const getDownloadUri = defineOperation({
  method: 'GET',
  path: '/mlflow/model-versions/get-download-uri',
  since: '2.0',
  // MLflow does not look at this request before it looks for the version.
  request: message({
    name: textOrEmpty('Name of the registered model'),
    version: textOrEmpty('Number of the version'),
  }),
  handle: async (input, { store }) => ({
    artifact_uri: (await getModelVersion(store, input)).version.storageLocation,
  }),
});
