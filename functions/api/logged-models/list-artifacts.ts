import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { listBelow } from '../artifacts/list-below.ts';
import { defineOperation } from '../operation.ts';
import { getLoggedModel, modelId } from './model-reference.ts';

export const listModelArtifacts = defineOperation({
  method: 'GET',
  path: '/mlflow/logged-models/:model_id/artifacts/directories',
  since: '2.0',
  request: message({ model_id: modelId, artifact_directory_path: text('Folder below the model’s artifact root') }),
  handle: async (input, services) => {
    const folder = safeArtifactPath(input.artifact_directory_path ?? '');
    const { model } = await getLoggedModel(services.store, input.model_id);
    return listBelow(services, model.artifactUri, folder);
  },
});
